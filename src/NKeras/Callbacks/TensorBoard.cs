using System.Text.Json.Nodes;
using NKeras.Callbacks.TensorBoardFormat;
using NKeras.Engine;
using NKeras.Optimizers;
using NKeras.Plotting;
using NKeras.Saving;

namespace NKeras.Callbacks;

/// <summary>Writes logs that TensorBoard shows while training goes on (<c>keras.callbacks.TensorBoard</c>). TensorFlow is not needed.</summary>
/// <remarks>
/// <para>The folder <c>train</c> gets <c>epoch_loss</c> and the like for each score, <c>epoch_learning_rate</c>, and what is asked for
/// besides: scores of batches (<c>batch_loss</c>, …), steps per second, histograms and pictures of weights, and the model's graph. The
/// folder <c>validation</c> gets the scores of validation, once by epoch and once by the optimizer's steps
/// (<c>evaluation_loss_vs_iterations</c>); those of <c>Evaluate</c> too. Epochs count from 0, batches from 1.</para>
/// <para>What is written can be read at once. No file stays open, so nothing is to be closed, even if training fails.</para>
/// <para>The graph shows the layers and how they are connected; for functional models and <see cref="Sequential"/> the configuration is
/// written, too, which TensorBoard shows as the conceptual graph. If it cannot be written (see <see cref="Model.ToJson"/>), a warning says so.</para>
/// </remarks>
/// <example><code>
/// model.Fit(x, y, epochs: 10, callbacks: [new TensorBoard(logDir: "logs", histogramFreq: 1)]);
/// // In a shell: tensorboard --logdir logs
/// </code></example>
public class TensorBoard : Callback
{
    private readonly TimeProvider _clock;
    private EventFile? _train;
    private EventFile? _validation;
    private EmbeddingProjector? _projector;
    private bool _graphIsDue;
    private int _trainBatches;
    private long _batchStart;
    private long _epochStart;
    private int _stepsBefore;

    /// <summary>Creates the callback.</summary>
    /// <param name="logDir">The folder for the logs, made if it does not exist. Each run should have its own.</param>
    /// <param name="histogramFreq">After how many epochs each time histograms of the weights are written; 0 for never.</param>
    /// <param name="writeGraph">Whether the model's graph is written.</param>
    /// <param name="writeImages">Whether weights are written as pictures with their histograms, black for the least number and white for the greatest.</param>
    /// <param name="writeStepsPerSecond">Whether to write how many steps were done per second.</param>
    /// <param name="updateFreq"><c>"epoch"</c>; <c>"batch"</c>, which writes scores after each training batch, too; or a number of batches, to write them so often.</param>
    /// <param name="profileBatch">0: there is no profiler.</param>
    /// <param name="embeddingsFreq">After how many epochs each time the vectors of embedding layers are written for the projector; 0 for never.</param>
    /// <param name="embeddingsMetadata">Files with labels for these vectors: one for all embedding layers, or by the names of layers.</param>
    /// <exception cref="ArgumentException">A frequency is negative, the folder's name is empty, or <paramref name="profileBatch"/> is not 0.</exception>
    public TensorBoard(
        string logDir = "logs",
        int histogramFreq = 0,
        bool writeGraph = true,
        bool writeImages = false,
        bool writeStepsPerSecond = false,
        Frequency updateFreq = default,
        int profileBatch = 0,
        int embeddingsFreq = 0,
        EmbeddingsMetadata? embeddingsMetadata = null)
        : this(TimeProvider.System, logDir, histogramFreq, writeGraph, writeImages, writeStepsPerSecond, updateFreq, profileBatch, embeddingsFreq, embeddingsMetadata)
    {
    }

    /// <summary>Takes the time from elsewhere; for tests.</summary>
    internal TensorBoard(
        TimeProvider clock,
        string logDir,
        int histogramFreq = 0,
        bool writeGraph = true,
        bool writeImages = false,
        bool writeStepsPerSecond = false,
        Frequency updateFreq = default,
        int profileBatch = 0,
        int embeddingsFreq = 0,
        EmbeddingsMetadata? embeddingsMetadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(logDir);
        ArgumentOutOfRangeException.ThrowIfNegative(histogramFreq);
        ArgumentOutOfRangeException.ThrowIfNegative(embeddingsFreq);
        if (profileBatch != 0)
            throw new ArgumentOutOfRangeException(nameof(profileBatch), profileBatch, $"TensorBoard has no profiler here, so profileBatch must be 0. Received {profileBatch}.");
        _clock = clock;
        (LogDir, HistogramFreq, WriteGraph, WriteImages, WriteStepsPerSecond) = (logDir, histogramFreq, writeGraph, writeImages, writeStepsPerSecond);
        (UpdateFreq, EmbeddingsFreq, EmbeddingsMetadata) = (updateFreq, embeddingsFreq, embeddingsMetadata);
    }

    /// <summary>The folder for the logs.</summary>
    public string LogDir { get; }

    /// <summary>After how many epochs each time histograms are written; 0 for never.</summary>
    public int HistogramFreq { get; }

    /// <summary>Whether the graph is written.</summary>
    public bool WriteGraph { get; }

    /// <summary>Whether weights are written as pictures.</summary>
    public bool WriteImages { get; }

    /// <summary>Whether the steps per second are written.</summary>
    public bool WriteStepsPerSecond { get; }

    /// <summary>How often scores are written.</summary>
    public Frequency UpdateFreq { get; }

    /// <summary>After how many epochs each time the vectors of embedding layers are written; 0 for never.</summary>
    public int EmbeddingsFreq { get; }

    /// <summary>The files with labels for these vectors; null for none.</summary>
    public EmbeddingsMetadata? EmbeddingsMetadata { get; }

    // Subclasses may look at batches, too.
    internal override bool WatchesBatchBegin => UpdateFreq.Batches != null || GetType() != typeof(TensorBoard);

    internal override bool WantsScores => ScoresAreDue || GetType() != typeof(TensorBoard);

    private bool ScoresAreDue => _trainBatches % UpdateFreq.Batches == 0;

    private EventFile Train => _train ??= File("train");

    private EventFile Validation => _validation ??= File("validation");

    private int Iterations => Model.Optimizer.Iterations.Item<int>();

    /// <summary>Begins new files, with the graph.</summary>
    public override void OnTrainBegin(IDictionary<string, double>? logs = null)
    {
        (_train, _validation, _trainBatches) = (null, null, 0);
        if (EmbeddingsFreq > 0) _projector = new EmbeddingProjector(Model, LogDir, EmbeddingsMetadata);
        _graphIsDue = WriteGraph;
        AddGraph();
        Train.Flush();
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null)
    {
        if (!WriteStepsPerSecond) return;
        _stepsBefore = Iterations;
        _epochStart = _clock.GetTimestamp();
    }

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(int batch, IDictionary<string, double>? logs = null)
    {
        _trainBatches++;
        _batchStart = _clock.GetTimestamp();
    }

    /// <summary>Writes the scores of the epoch so far, if they are due.</summary>
    public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null)
    {
        AddGraph();
        if (ScoresAreDue)
        {
            if (WriteStepsPerSecond) Train.Add(_trainBatches, SummaryValue.Scalar("batch_steps_per_second", 1 / _clock.GetElapsedTime(_batchStart).TotalSeconds));
            foreach ((string name, double value) in logs ?? new Dictionary<string, double>()) Train.Add(_trainBatches, SummaryValue.Scalar($"batch_{name}", value));
        }

        Train.Flush();
    }

    /// <summary>Writes the scores by the optimizer's steps.</summary>
    // Keras: if scores are written every so many batches, drops these, those of epochs and histograms unless the last batch was one of them.
    public override void OnTestEnd(IDictionary<string, double>? logs = null)
    {
        foreach ((string name, double value) in logs ?? new Dictionary<string, double>())
            Validation.Add(Iterations, SummaryValue.Scalar($"evaluation_{name}_vs_iterations", value));
        Validation.Flush();
    }

    /// <summary>Writes the scores of the epoch, and what else is due.</summary>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
    {
        if (logs is { Count: > 0 }) AddScores(epoch, logs);
        if (HistogramFreq > 0 && epoch % HistogramFreq == 0) AddWeights(epoch);
        Train.Flush();
        Validation.Flush();
        if (EmbeddingsFreq > 0 && epoch % EmbeddingsFreq == 0) _projector?.Write();
    }

    /// <inheritdoc/>
    public override JsonObject GetState() => new() { ["train_batches"] = _trainBatches };

    /// <inheritdoc/>
    public override void SetState(JsonObject state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _trainBatches = StateJson.Integer(state, "train_batches");
    }

    private EventFile File(string run) => new(Path.Combine(LogDir, run), _clock);

    private void AddScores(int epoch, IDictionary<string, double> logs)
    {
        const string validation = "val_";
        foreach ((string name, double value) in logs)
        {
            if (name.StartsWith(validation, StringComparison.Ordinal)) Validation.Add(epoch, SummaryValue.Scalar($"epoch_{name[validation.Length..]}", value));
            else Train.Add(epoch, SummaryValue.Scalar($"epoch_{name}", value));
        }

        foreach ((Optimizer optimizer, _, string name) in LearningRates.Of(Model)) Train.Add(epoch, SummaryValue.Scalar($"epoch_{name}", optimizer.LearningRate));
        if (!WriteStepsPerSecond) return;
        double rate = (Iterations - _stepsBefore) / _clock.GetElapsedTime(_epochStart).TotalSeconds;
        Train.Add(epoch, SummaryValue.Scalar("epoch_steps_per_second", rate));
    }

    private void AddWeights(int epoch)
    {
        foreach (Variable weight in Model.Layers.SelectMany(l => l.Weights).Distinct())
        {
            Tensor value = weight.Cell.Snapshot;
            string name = weight.Path.Replace(':', '_');
            Train.Add(epoch, SummaryValue.Histogram($"{name}/histogram", new HistogramData(ElementView.Of(value))));
            if (WriteImages && WeightImages.Of(value) is { } images) Train.Add(epoch, SummaryValue.Images($"{name}/image", images));
            GC.KeepAlive(value);
        }
    }

    /// <summary>Adds the graph, unless the model has yet to see data to know what it is.</summary>
    private void AddGraph()
    {
        if (!_graphIsDue || !Model.Built) return;
        _graphIsDue = false;
        if (Model.GraphOrNull != null)
        {
            try
            {
                Train.Add(0, SummaryValue.KerasModel("keras", Model.ToJson()));
            }
            catch (ArgumentException e)
            {
                // Something of the user's own that is not registered. Training does not depend on it, and there is the other graph.
                Warn($"TensorBoard gets no conceptual graph of model '{Model.Name}', since its configuration cannot be written: {e.Message}");
            }
        }

        PlotOptions all = new(ShowShapes: true, ShowDType: true, ShowLayerNames: true, ExpandNested: true, ShowLayerActivations: true, ShowTrainable: true);
        Train.AddGraph(GraphDefWriter.Write(new ModelPicture(Model, all)));
    }
}
