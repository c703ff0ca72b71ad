using NKeras.Callbacks;

namespace NKeras.Training;

/// <summary>A pass over data that judges the model without changing it.</summary>
internal sealed class EvaluationLoop
{
    private readonly Compilation _compilation;
    private readonly BatchFeed _feed;
    private readonly Func<Dictionary<string, double>> _readLogs;
    private readonly FeedSteps _steps;

    public EvaluationLoop(Compilation compilation, StepCache steps, BatchFeed feed, int? limit)
    {
        (_compilation, _feed) = (compilation, feed);
        _readLogs = compilation.ReadLogs;
        BatchCount = Math.Min(limit ?? feed.BatchCount, feed.BatchCount);
        _steps = new FeedSteps(StepKind.Test, compilation, steps, feed);
    }

    /// <summary>The number of batches it takes.</summary>
    public int BatchCount { get; }

    /// <summary>The scores over the data, ordered by name.</summary>
    public Dictionary<string, double> Run(CallbackList callbacks)
    {
        _compilation.ResetMetrics();
        callbacks.Each(c => c.OnTestBegin());
        for (int batch = 0; batch < BatchCount; batch++)
        {
            callbacks.BatchBegin(batch, static (c, b) => c.OnTestBatchBegin(b));
            _steps[batch].Run(_feed.Fill(batch));
            callbacks.BatchEnd(batch, _readLogs, static (c, b, l) => c.OnTestBatchEnd(b, l));
        }

        Dictionary<string, double> logs = _compilation.ReadLogs();
        callbacks.Each(c => c.OnTestEnd(logs));
        return logs;
    }
}
