using NKeras.Callbacks;

namespace Samples.WritingCallbacks;

/// <summary>Notes every call that a callback gets, with the names of the scores that come along.</summary>
public sealed class TracingCallback : Callback
{
    private readonly List<string> _calls = [];

    public IReadOnlyList<string> Calls => _calls;

    public override void OnTrainBegin(IDictionary<string, double>? logs = null) => Note("train begins", logs);

    public override void OnTrainEnd(IDictionary<string, double>? logs = null) => Note("train ends", logs);

    public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null) => Note($"epoch {epoch} begins", logs);

    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null) => Note($"epoch {epoch} ends", logs);

    public override void OnTrainBatchBegin(int batch, IDictionary<string, double>? logs = null) => Note($"train batch {batch} begins", logs);

    public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null) => Note($"train batch {batch} ends", logs);

    public override void OnTestBegin(IDictionary<string, double>? logs = null) => Note("test begins", logs);

    public override void OnTestEnd(IDictionary<string, double>? logs = null) => Note("test ends", logs);

    public override void OnTestBatchBegin(int batch, IDictionary<string, double>? logs = null) => Note($"test batch {batch} begins", logs);

    public override void OnTestBatchEnd(int batch, IDictionary<string, double>? logs = null) => Note($"test batch {batch} ends", logs);

    public override void OnPredictBegin(IDictionary<string, double>? logs = null) => Note("predict begins", logs);

    public override void OnPredictEnd(IDictionary<string, double>? logs = null) => Note("predict ends", logs);

    public override void OnPredictBatchBegin(int batch, IDictionary<string, double>? logs = null) => Note($"predict batch {batch} begins", logs);

    public override void OnPredictBatchEnd(int batch, IDictionary<string, double>? logs = null) => Note($"predict batch {batch} ends", logs);

    private void Note(string what, IDictionary<string, double>? logs) => _calls.Add(logs is { Count: > 0 } ? $"{what} ({string.Join(", ", logs.Keys.Order())})" : what);
}
