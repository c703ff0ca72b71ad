using System.Runtime.CompilerServices;
using NKeras.Callbacks;
using NKeras.Engine;
using NKeras.Training;

namespace NKeras;

public partial class Model
{
    /// <summary>Whether prediction is to stop after the batch in progress. Callbacks set it.</summary>
    public bool StopPredicting { get; set; }

    /// <summary>What the model computes from data, batch by batch (<c>Model.predict</c>).</summary>
    /// <param name="x">The inputs, samples along the first axis.</param>
    /// <param name="batchSize">Samples per step; 32 if omitted.</param>
    /// <param name="verbose"><c>"auto"</c>, 0 (prints nothing), 1 (a progress bar) or 2 (one line).</param>
    /// <param name="steps">The number of batches, if not all.</param>
    /// <param name="callbacks">What is called along the way.</param>
    /// <param name="cancellationToken">Ends prediction between two steps.</param>
    /// <returns>The predictions, as many as samples.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The model has several outputs: use <c>PredictAll</c>.</exception>
    /// <exception cref="TrainingException">A callback, a data set or a layer threw.</exception>
    /// <exception cref="OperationCanceledException">Prediction was cancelled.</exception>
    [OverloadResolutionPriority(1)]
    public Tensor Predict(
        Tensors x, int? batchSize = null, Verbosity verbose = default, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default) =>
        Only(PredictAll(x, batchSize, verbose, steps, callbacks, cancellationToken), nameof(PredictAll));

    /// <summary>What the model computes from batches as they come. Targets and weights in them are left alone.</summary>
    /// <param name="x">The batches: a <c>PyDataset</c>, a list, or any sequence.</param>
    /// <param name="verbose"><c>"auto"</c>, 0 (prints nothing), 1 (a progress bar) or 2 (one line).</param>
    /// <param name="steps">The number of batches, if not all.</param>
    /// <param name="callbacks">What is called along the way.</param>
    /// <param name="cancellationToken">Ends prediction between two steps, or while it waits for a batch.</param>
    /// <inheritdoc cref="Predict(Tensors, int?, Verbosity, int?, IReadOnlyList{Callback}, CancellationToken)"/>
    public Tensor Predict(
        IEnumerable<Batch> x, Verbosity verbose = default, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default) =>
        Predict<IEnumerable<Batch>>(x, verbose, steps, callbacks, cancellationToken);

    /// <inheritdoc cref="Predict(IEnumerable{Batch}, Verbosity, int?, IReadOnlyList{Callback}, CancellationToken)"/>
    public Tensor Predict(
        IAsyncEnumerable<Batch> x, Verbosity verbose = default, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default) =>
        Only(PredictAll(x, verbose, steps, callbacks, cancellationToken), nameof(PredictAll));

    /// <summary>What a model with several outputs computes from data.</summary>
    /// <returns>One tensor for each output.</returns>
    /// <inheritdoc cref="Predict(Tensors, int?, Verbosity, int?, IReadOnlyList{Callback}, CancellationToken)"/>
    // Keras: predict() returns one array or several; in C# a method has one type.
    [OverloadResolutionPriority(1)]
    public Tensors PredictAll(
        Tensors x, int? batchSize = null, Verbosity verbose = default, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default)
    {
        int size = FitArguments.Positive(batchSize ?? 32, nameof(batchSize));
        if (steps is { } given) FitArguments.Positive(given, nameof(steps));
        LoopPosition position = new(Name, nameof(Predict)) { Batch = 0 };
        return position.Run(
            () =>
            {
                TrainingData data = PrepareInputs(x);
                BatchFeed feed = new(data, size, null);
                int rows = Math.Min(data.Count, (int)Math.Min(int.MaxValue, (long)(steps ?? feed.BatchCount) * size));
                return Run(new PredictionLoop(this, new ArrayBatches(Supply(StepKind.Predict, null), feed), steps, rows, position, Options(cancellationToken)), verbose, callbacks, position);
            },
            cancellationToken);
    }

    /// <summary>What a model with several outputs computes from batches as they come.</summary>
    /// <param name="x">The batches: a <c>PyDataset</c>, a list, or any sequence.</param>
    /// <param name="verbose"><c>"auto"</c>, 0 (prints nothing), 1 (a progress bar) or 2 (one line).</param>
    /// <param name="steps">The number of batches, if not all.</param>
    /// <param name="callbacks">What is called along the way.</param>
    /// <param name="cancellationToken">Ends prediction between two steps, or while it waits for a batch.</param>
    /// <returns>One tensor for each output.</returns>
    /// <inheritdoc cref="Predict(Tensors, int?, Verbosity, int?, IReadOnlyList{Callback}, CancellationToken)"/>
    public Tensors PredictAll(
        IEnumerable<Batch> x, Verbosity verbose = default, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default) =>
        PredictAll<IEnumerable<Batch>>(x, verbose, steps, callbacks, cancellationToken);

    /// <inheritdoc cref="PredictAll(IEnumerable{Batch}, Verbosity, int?, IReadOnlyList{Callback}, CancellationToken)"/>
    public Tensors PredictAll(
        IAsyncEnumerable<Batch> x, Verbosity verbose = default, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default) =>
        PredictStream(StreamOf(x), verbose, steps, callbacks, cancellationToken);

    /// <summary>What the model computes from one batch (<c>Model.predict_on_batch</c>).</summary>
    /// <param name="x">The inputs.</param>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The model has several outputs: use <see cref="PredictAllOnBatch"/>.</exception>
    public Tensor PredictOnBatch(Tensors x) => Only(PredictAllOnBatch(x), nameof(PredictAllOnBatch));

    /// <summary>The same for a model with several outputs.</summary>
    /// <returns>One tensor for each output.</returns>
    /// <inheritdoc cref="PredictOnBatch"/>
    public Tensors PredictAllOnBatch(Tensors x)
    {
        TrainingData data = PrepareInputs(x);
        BatchFeed? feed = data.HasComposites ? new BatchFeed(data, data.Count, null) : null;
        Tensor[] inputs = feed == null ? data.X : feed.Fill(0);
        TrainingStep step = Supply(StepKind.Predict, null).Get(feed?.SpecOf(0) ?? data.Batch(data.Count), ref inputs);
        ConcreteTensor[] predictions = [.. step.Outputs.Select(ConcreteTensor.Allocate)];
        step.Run(inputs, predictions);
        if (feed == null) return step.Pack(predictions);
        Predictions gathered = new(Name, step, data.Count, data.Count);
        gathered.Add(step, predictions, data.Count);
        return step.Pack(gathered.Results);
    }

    private Tensors PredictStream(BatchStream stream, Verbosity verbose, int? steps, IReadOnlyList<Callback>? callbacks, CancellationToken cancellationToken)
    {
        if (steps is { } given) FitArguments.Positive(given, nameof(steps));
        LoopPosition position = new(Name, nameof(Predict)) { Batch = 0 };
        return position.Run(
            () => Run(
                new PredictionLoop(this, Stream(StepKind.Predict, null, stream, position, cancellationToken), steps, null, position, Options(cancellationToken)), verbose, callbacks, position),
            cancellationToken);
    }

    private Tensors Run(PredictionLoop loop, Verbosity verbose, IReadOnlyList<Callback>? callbacks, LoopPosition position)
    {
        position.Callbacks = CallbackList.Of(this, callbacks, new CallbackParameters(verbose.Level, 1, loop.BatchCount), withHistory: false);
        return loop.Run(position.Callbacks);
    }

    private LoopOptions Options(CancellationToken cancellationToken) => new(StepsPerExecution, cancellationToken);

    /// <param name="x">The inputs.</param>
    /// <param name="builds">Whether the model may have to be built, or its steps compiled anew; not for the later batches of a loop.</param>
    private TrainingData PrepareInputs(Tensors x, bool builds = true)
    {
        TrainingData data = TrainingData.ForInputs(this, x);
        if (builds) EnsureBuilt(data.Inputs(1));
        if (GraphOrNull != null) DataChecks.Inputs(this, Ports(data.Inputs(1)), data);
        if (builds) Steps.DropStale();
        return data;
    }

    private Tensor Only(IReadOnlyList<Tensor> predictions, string all) => predictions.Count == 1
        ? predictions[0]
        : throw new InvalidOperationException($"Model '{Name}' has {predictions.Count} outputs; use {all}.");
}
