using NKeras.Callbacks;

namespace NKeras.Training;

/// <summary>A pass over data that judges the model without changing it.</summary>
internal sealed class EvaluationLoop(Model model, Compilation compilation, BatchSource source, int? steps, LoopPosition position, LoopOptions options)
    : BatchLoop(source, position, options)
{
    /// <summary>The number of batches it takes; null while that is not known.</summary>
    public int? BatchCount => Source.BatchCount is { } all ? Math.Min(steps ?? all, all) : steps;

    /// <summary>Where the data stands.</summary>
    public DataPosition DataPosition => Source.Position;

    protected override bool Stops => model.StopEvaluating;

    protected override void BatchBegins(Callback callback, int batch) => callback.OnTestBatchBegin(batch);

    protected override void BatchEnded(Callback callback, int batch, Dictionary<string, double>? logs) => callback.OnTestBatchEnd(batch, logs);

    protected override Dictionary<string, double> ReadLogs() => compilation.ReadLogs();

    /// <summary>Goes to where the data stood after some evaluations.</summary>
    public void GoTo(DataPosition position, int evaluations) => Source.GoTo(position, evaluations, within: false);

    /// <summary>The scores over the data, ordered by name.</summary>
    public Dictionary<string, double> Run(CallbackList callbacks)
    {
        model.StopEvaluating = false;
        compilation.ResetMetrics();
        Call(callbacks, c => c.OnTestBegin());
        if (RunPass(callbacks, steps, goesOn: false) == 0)
        {
            Position.Phase = LoopPhase.Checking;
            throw new ArgumentException("The data set is empty: it gave no batches.");
        }

        Dictionary<string, double> logs = compilation.ReadLogs();
        Call(callbacks, c => c.OnTestEnd(logs));
        return logs;
    }
}
