using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Callbacks;

/// <summary>Counts batches for a callback that saves after so many of them, whichever epochs they belong to.</summary>
internal sealed class BatchCounter(int? frequency)
{
    private int _seen;
    private int _last = -1;

    /// <summary>Counts up to a batch.</summary>
    /// <param name="batch">Its number within the epoch: the last one, where several steps are done without a look at callbacks.</param>
    /// <returns>Whether there were enough since the last time.</returns>
    public bool Count(int batch)
    {
        if (frequency == null) return false;
        _seen += batch <= _last ? batch + 1 : batch - _last;
        _last = batch;
        if (_seen < frequency) return false;
        _seen = 0;
        return true;
    }

    /// <summary>Whether there may be enough after the next so many batches.</summary>
    public bool IsNear(int batches) => frequency != null && _seen + batches >= frequency;

    /// <summary>An epoch has ended.</summary>
    public void EndEpoch() => _last = -1;

    /// <summary>What it has counted.</summary>
    public JsonArray GetState() => [_seen, _last];

    /// <summary>Goes on from there.</summary>
    /// <param name="state">What has it.</param>
    /// <param name="key">Where.</param>
    public void SetState(JsonObject state, string key)
    {
        int[] numbers = StateJson.Integers(state, key, 2);
        (_seen, _last) = (numbers[0], numbers[1]);
    }
}
