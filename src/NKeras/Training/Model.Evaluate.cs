using NKeras.Callbacks;
using NKeras.Training;

namespace NKeras;

public partial class Model
{
    /// <summary>The loss and the metrics over data (<c>Model.evaluate</c>).</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets, as many samples.</param>
    /// <param name="batchSize">Samples per step; 32 if omitted.</param>
    /// <param name="verbose"><c>"auto"</c>, 0 (prints nothing), 1 (a progress bar) or 2 (one line).</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <param name="steps">The number of batches, if not all.</param>
    /// <param name="callbacks">What is called along the way.</param>
    /// <param name="returnDict">Whether the scores are ordered by name, as Keras's dictionary is, rather than with the loss first.</param>
    /// <returns>The scores; they convert to a number (the loss) and to an array.</returns>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">The arguments do not fit each other or the model.</exception>
    public Scores Evaluate(
        Tensors x,
        Tensors? y = null,
        int? batchSize = null,
        Verbosity verbose = default,
        Tensors? sampleWeight = null,
        int? steps = null,
        IReadOnlyList<Callback>? callbacks = null,
        bool returnDict = false)
    {
        Compilation compilation = RequireCompiled(nameof(Evaluate));
        int size = Positive(batchSize ?? 32, nameof(batchSize));
        if (steps is { } given) Positive(given, nameof(steps));
        TrainingData data = Prepare(compilation, x, y, sampleWeight, null);
        EvaluationLoop loop = new(compilation, Steps, new BatchFeed(data, size, null), steps);
        Dictionary<string, double> logs = loop.Run(new CallbackList(this, callbacks, new CallbackParameters(verbose.Level, 1, loop.BatchCount), withHistory: false));
        return returnDict ? new Scores(logs) : InOrder(compilation, logs);
    }

    private static Scores InOrder(Compilation compilation, Dictionary<string, double> logs) =>
        new(compilation.PresentNames.Select(n => KeyValuePair.Create(n, logs[n])));
}
