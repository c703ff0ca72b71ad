using NKeras.Callbacks;
using NKeras.Engine;
using NKeras.Training;

namespace NKeras;

public partial class Model
{
    /// <summary>What the model computes from data, batch by batch (<c>Model.predict</c>).</summary>
    /// <param name="x">The inputs, samples along the first axis.</param>
    /// <param name="batchSize">Samples per step; 32 if omitted.</param>
    /// <param name="verbose"><c>"auto"</c>, 0 (prints nothing), 1 (a progress bar) or 2 (one line).</param>
    /// <param name="steps">The number of batches, if not all.</param>
    /// <param name="callbacks">What is called along the way.</param>
    /// <returns>The predictions, as many as samples.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The model has several outputs: use <see cref="PredictAll"/>.</exception>
    public Tensor Predict(Tensors x, int? batchSize = null, Verbosity verbose = default, int? steps = null, IReadOnlyList<Callback>? callbacks = null) =>
        Only(PredictAll(x, batchSize, verbose, steps, callbacks), nameof(PredictAll));

    /// <summary>The same for a model with several outputs.</summary>
    /// <returns>One tensor for each output.</returns>
    /// <inheritdoc cref="Predict"/>
    // Keras: predict() returns one array or several; in C# a method has one type.
    public Tensors PredictAll(Tensors x, int? batchSize = null, Verbosity verbose = default, int? steps = null, IReadOnlyList<Callback>? callbacks = null)
    {
        int size = Positive(batchSize ?? 32, nameof(batchSize));
        if (steps is { } given) Positive(given, nameof(steps));
        TrainingData data = PrepareInputs(x);
        BatchFeed feed = new(data, size, null);
        int batches = Math.Min(steps ?? feed.BatchCount, feed.BatchCount);
        PredictionLoop loop = new(this, Steps, feed, batches, Math.Min(batches * size, data.Count));
        return loop.Run(new CallbackList(this, callbacks, new CallbackParameters(verbose.Level, 1, batches), withHistory: false));
    }

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
        TrainingStep step = Steps.Get(StepKind.Predict, null, feed?.SpecOf(0) ?? data.Batch(data.Count));
        ConcreteTensor[] predictions = [.. step.Outputs.Select(ConcreteTensor.Allocate)];
        step.Run(feed == null ? data.X : feed.Fill(0), predictions);
        if (feed == null) return step.Pack(predictions);
        Predictions gathered = new(Name, step, data.Count, data.Count);
        gathered.Add(step, predictions, 0);
        return step.Pack(gathered.Results);
    }

    private TrainingData PrepareInputs(Tensors x)
    {
        TrainingData data = TrainingData.ForInputs(this, x);
        EnsureBuilt(data.Inputs(1));
        if (GraphOrNull != null) DataChecks.Inputs(this, Ports(data.Inputs(1)), data);
        Steps.DropStale();
        return data;
    }

    private Tensor Only(IReadOnlyList<Tensor> predictions, string all) => predictions.Count == 1
        ? predictions[0]
        : throw new InvalidOperationException($"Model '{Name}' has {predictions.Count} outputs; use {all}.");
}
