using NKeras.Callbacks;
using NKeras.Training;
using System.Runtime.CompilerServices;

namespace NKeras;

public partial class Model
{
    /// <summary>Whether evaluation is to stop after the batch in progress. Callbacks set it.</summary>
    public bool StopEvaluating { get; set; }

    /// <summary>The loss and the metrics over data (<c>Model.evaluate</c>).</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets, as many samples.</param>
    /// <param name="batchSize">Samples per step; 32 if omitted.</param>
    /// <param name="verbose"><c>"auto"</c>, 0 (prints nothing), 1 (a progress bar) or 2 (one line).</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <param name="steps">The number of batches, if not all.</param>
    /// <param name="callbacks">What is called along the way.</param>
    /// <param name="returnDict">Whether the scores are ordered by name, as Keras's dictionary is, rather than with the loss first.</param>
    /// <param name="cancellationToken">Ends the evaluation between two steps.</param>
    /// <returns>The scores; they convert to a number (the loss) and to an array.</returns>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">The arguments do not fit each other or the model.</exception>
    /// <exception cref="TrainingException">A callback, a data set or a layer threw.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    [OverloadResolutionPriority(1)]
    public Scores Evaluate(
        Tensors x,
        Tensors? y = null,
        int? batchSize = null,
        Verbosity verbose = default,
        Tensors? sampleWeight = null,
        int? steps = null,
        IReadOnlyList<Callback>? callbacks = null,
        bool returnDict = false,
        CancellationToken cancellationToken = default)
    {
        int size = FitArguments.Positive(batchSize ?? 32, nameof(batchSize));
        return Judge(
            (compilation, _) => new ArrayBatches(Supply(StepKind.Test, compilation), new BatchFeed(Prepare(compilation, new Batch(x, y, sampleWeight), null), size, null)),
            verbose,
            steps,
            callbacks,
            returnDict,
            cancellationToken);
    }

    /// <summary>The loss and the metrics over batches as they come.</summary>
    /// <param name="x">The batches: a <c>PyDataset</c>, a list, or any sequence.</param>
    /// <param name="verbose"><c>"auto"</c>, 0 (prints nothing), 1 (a progress bar) or 2 (one line).</param>
    /// <param name="steps">The number of batches, if not all.</param>
    /// <param name="callbacks">What is called along the way.</param>
    /// <param name="returnDict">Whether the scores are ordered by name, as Keras's dictionary is, rather than with the loss first.</param>
    /// <param name="cancellationToken">Ends the evaluation between two steps, or while it waits for a batch.</param>
    /// <inheritdoc cref="Evaluate(Tensors, Tensors, int?, Verbosity, Tensors, int?, IReadOnlyList{Callback}, bool, CancellationToken)"/>
    public Scores Evaluate(
        IEnumerable<Batch> x,
        Verbosity verbose = default,
        int? steps = null,
        IReadOnlyList<Callback>? callbacks = null,
        bool returnDict = false,
        CancellationToken cancellationToken = default) => Evaluate<IEnumerable<Batch>>(x, verbose, steps, callbacks, returnDict, cancellationToken);

    /// <inheritdoc cref="Evaluate(IEnumerable{Batch}, Verbosity, int?, IReadOnlyList{Callback}, bool, CancellationToken)"/>
    public Scores Evaluate(
        IAsyncEnumerable<Batch> x,
        Verbosity verbose = default,
        int? steps = null,
        IReadOnlyList<Callback>? callbacks = null,
        bool returnDict = false,
        CancellationToken cancellationToken = default)
    {
        BatchStream stream = StreamOf(x);
        return Judge((compilation, position) => Stream(StepKind.Test, compilation, stream, position, cancellationToken), verbose, steps, callbacks, returnDict, cancellationToken);
    }

    private Scores Judge(
        Func<Compilation, LoopPosition, BatchSource> open,
        Verbosity verbose,
        int? steps,
        IReadOnlyList<Callback>? callbacks,
        bool returnDict,
        CancellationToken cancellationToken)
    {
        Compilation compilation = RequireCompiled(nameof(Evaluate));
        if (steps is { } given) FitArguments.Positive(given, nameof(steps));
        LoopPosition position = new(Name, nameof(Evaluate)) { Batch = 0 };
        return position.Run(
            () =>
            {
                BatchSource source = open(compilation, position);
                (source as StreamBatches)?.Peek();
                EvaluationLoop loop = new(this, compilation, source, steps, position, new LoopOptions(StepsPerExecution, cancellationToken));
                position.Callbacks = new CallbackList(this, callbacks, new CallbackParameters(verbose.Level, 1, loop.BatchCount), withHistory: false);
                Dictionary<string, double> logs = loop.Run(position.Callbacks);
                return returnDict ? new Scores(logs) : InOrder(compilation, logs);
            },
            cancellationToken);
    }

    private static Scores InOrder(Compilation compilation, Dictionary<string, double> logs) =>
        new(compilation.PresentNames.Select(n => KeyValuePair.Create(n, logs[n])));
}
