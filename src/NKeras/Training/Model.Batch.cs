using NKeras.Training;

namespace NKeras;

public partial class Model
{
    /// <summary>One training step (<c>Model.train_on_batch</c>). Metrics gather over calls until <see cref="ResetMetrics"/>.</summary>
    /// <param name="x">The inputs of one batch.</param>
    /// <param name="y">The targets, as many samples.</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <param name="classWeight">How much samples of each class count.</param>
    /// <param name="returnDict">Whether the scores are ordered by name rather than with the loss first.</param>
    /// <returns>The scores, before the step, over all batches since the metrics were reset.</returns>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">The arguments do not fit each other or the model. The model is then unchanged.</exception>
    // Keras: since version 3 does not reset the metrics itself.
    public Scores TrainOnBatch(Tensors x, Tensors? y = null, Tensors? sampleWeight = null, IReadOnlyDictionary<int, double>? classWeight = null, bool returnDict = false)
    {
        Compilation compilation = RequireCompiled(nameof(TrainOnBatch));
        TrainingData data = Prepare(compilation, new Batch(x, y, sampleWeight), classWeight);
        compilation.Optimizer.Build(TrainableVariables);
        return RunBatch(StepKind.Train, compilation, data, returnDict);
    }

    /// <summary>Judges the model on one batch (<c>Model.test_on_batch</c>). Metrics gather over calls until <see cref="ResetMetrics"/>.</summary>
    /// <param name="x">The inputs of one batch.</param>
    /// <param name="y">The targets, as many samples.</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <param name="returnDict">Whether the scores are ordered by name rather than with the loss first.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">The arguments do not fit each other or the model.</exception>
    public Scores TestOnBatch(Tensors x, Tensors? y = null, Tensors? sampleWeight = null, bool returnDict = false)
    {
        Compilation compilation = RequireCompiled(nameof(TestOnBatch));
        return RunBatch(StepKind.Test, compilation, Prepare(compilation, new Batch(x, y, sampleWeight), null), returnDict);
    }

    private Scores RunBatch(StepKind kind, Compilation compilation, TrainingData data, bool returnDict)
    {
        BatchFeed? feed = data.HasComposites ? new BatchFeed(data, data.Count, null) : null;
        Tensor[] batch = feed == null ? [.. data.All] : feed.Fill(0);
        Supply(kind, compilation).Get(feed?.SpecOf(0) ?? data.Batch(data.Count), ref batch).Run(batch);
        Dictionary<string, double> logs = compilation.ReadLogs();
        return returnDict ? new Scores(logs) : InOrder(compilation, logs);
    }
}
