namespace NKeras.Callbacks;

/// <summary>A callback made of functions (<c>keras.callbacks.LambdaCallback</c>): each is called at the moment of the method of its name.</summary>
/// <example>
/// <code>
/// LambdaCallback print = new(onEpochEnd: (epoch, logs) => Console.WriteLine($"{epoch}: {logs!["loss"]}"));
/// model.Fit(x, y, callbacks: [print]);
/// </code>
/// </example>
/// <param name="onEpochBegin">Called at the start of an epoch.</param>
/// <param name="onEpochEnd">Called at the end of an epoch.</param>
/// <param name="onTrainBegin">Called at the start of <c>Fit</c>.</param>
/// <param name="onTrainEnd">Called at the end of <c>Fit</c>.</param>
/// <param name="onTrainBatchBegin">Called before a training batch.</param>
/// <param name="onTrainBatchEnd">Called after a training batch.</param>
/// <param name="onBatchBegin">Called before a training batch, unless <paramref name="onTrainBatchBegin"/> is given.</param>
/// <param name="onBatchEnd">Called after a training batch, unless <paramref name="onTrainBatchEnd"/> is given.</param>
/// <param name="onTestBegin">Called at the start of an evaluation.</param>
/// <param name="onTestEnd">Called at the end of an evaluation.</param>
/// <param name="onTestBatchBegin">Called before a batch of an evaluation.</param>
/// <param name="onTestBatchEnd">Called after a batch of an evaluation.</param>
/// <param name="onPredictBegin">Called at the start of <c>Predict</c>.</param>
/// <param name="onPredictEnd">Called at the end of <c>Predict</c>.</param>
/// <param name="onPredictBatchBegin">Called before a batch of <c>Predict</c>.</param>
/// <param name="onPredictBatchEnd">Called after a batch of <c>Predict</c>.</param>
public class LambdaCallback(
    Action<int, IDictionary<string, double>?>? onEpochBegin = null,
    Action<int, IDictionary<string, double>?>? onEpochEnd = null,
    Action<IDictionary<string, double>?>? onTrainBegin = null,
    Action<IDictionary<string, double>?>? onTrainEnd = null,
    Action<int, IDictionary<string, double>?>? onTrainBatchBegin = null,
    Action<int, IDictionary<string, double>?>? onTrainBatchEnd = null,
    Action<int, IDictionary<string, double>?>? onBatchBegin = null,
    Action<int, IDictionary<string, double>?>? onBatchEnd = null,
    Action<IDictionary<string, double>?>? onTestBegin = null,
    Action<IDictionary<string, double>?>? onTestEnd = null,
    Action<int, IDictionary<string, double>?>? onTestBatchBegin = null,
    Action<int, IDictionary<string, double>?>? onTestBatchEnd = null,
    Action<IDictionary<string, double>?>? onPredictBegin = null,
    Action<IDictionary<string, double>?>? onPredictEnd = null,
    Action<int, IDictionary<string, double>?>? onPredictBatchBegin = null,
    Action<int, IDictionary<string, double>?>? onPredictBatchEnd = null) : Callback
{
    internal override bool WatchesBatchBegin => base.WatchesBatchBegin && (onTrainBatchBegin ?? onBatchBegin ?? onTestBatchBegin ?? onPredictBatchBegin) != null;

    internal override bool WantsScores => base.WantsScores && (onTrainBatchEnd ?? onBatchEnd ?? onTestBatchEnd ?? onPredictBatchEnd) != null;

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null) => onEpochBegin?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null) => onEpochEnd?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void OnTrainBegin(IDictionary<string, double>? logs = null) => onTrainBegin?.Invoke(logs);

    /// <inheritdoc/>
    public override void OnTrainEnd(IDictionary<string, double>? logs = null) => onTrainEnd?.Invoke(logs);

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(int batch, IDictionary<string, double>? logs = null)
    {
        if (onTrainBatchBegin != null) onTrainBatchBegin(batch, logs);
        else base.OnTrainBatchBegin(batch, logs);
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null)
    {
        if (onTrainBatchEnd != null) onTrainBatchEnd(batch, logs);
        else base.OnTrainBatchEnd(batch, logs);
    }

    /// <inheritdoc/>
    public override void OnBatchBegin(int batch, IDictionary<string, double>? logs = null) => onBatchBegin?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, IDictionary<string, double>? logs = null) => onBatchEnd?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void OnTestBegin(IDictionary<string, double>? logs = null) => onTestBegin?.Invoke(logs);

    /// <inheritdoc/>
    public override void OnTestEnd(IDictionary<string, double>? logs = null) => onTestEnd?.Invoke(logs);

    /// <inheritdoc/>
    public override void OnTestBatchBegin(int batch, IDictionary<string, double>? logs = null) => onTestBatchBegin?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void OnTestBatchEnd(int batch, IDictionary<string, double>? logs = null) => onTestBatchEnd?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void OnPredictBegin(IDictionary<string, double>? logs = null) => onPredictBegin?.Invoke(logs);

    /// <inheritdoc/>
    public override void OnPredictEnd(IDictionary<string, double>? logs = null) => onPredictEnd?.Invoke(logs);

    /// <inheritdoc/>
    public override void OnPredictBatchBegin(int batch, IDictionary<string, double>? logs = null) => onPredictBatchBegin?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void OnPredictBatchEnd(int batch, IDictionary<string, double>? logs = null) => onPredictBatchEnd?.Invoke(batch, logs);
}
