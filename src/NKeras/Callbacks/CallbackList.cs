using System.Collections;

namespace NKeras.Callbacks;

/// <summary>
/// Several callbacks that are called as one (<c>keras.callbacks.CallbackList</c>). <c>Fit</c> and its kin make one of those they are given;
/// training loops of one's own call its methods.
/// </summary>
/// <remarks>Each call passes the callbacks a copy of the logs, ordered by name: what one of them writes there the following ones see, the caller does not.</remarks>
/// <example>
/// <code>
/// CallbackList callbacks = new([new EarlyStopping("loss")], addHistory: true, addProgbar: true, model, new(Epochs: 3, Steps: batches.Count));
/// callbacks.OnTrainBegin();
/// for (int epoch = 0; epoch &lt; 3 &amp;&amp; !model.StopTraining; epoch++)
/// {
///     model.ResetMetrics();
///     callbacks.OnEpochBegin(epoch);
///     Dictionary&lt;string, double&gt; logs = [];
///     for (int batch = 0; batch &lt; batches.Count; batch++)
///     {
///         callbacks.OnTrainBatchBegin(batch);
///         logs = new(model.TrainOnBatch(batches[batch].X, batches[batch].Y, returnDict: true));
///         callbacks.OnTrainBatchEnd(batch, logs);
///     }
///
///     callbacks.OnEpochEnd(epoch, logs);
/// }
///
/// callbacks.OnTrainEnd();
/// </code>
/// </example>
public sealed class CallbackList : Callback, IReadOnlyList<Callback>
{
    private readonly List<Callback> _callbacks;
    private int _begun;

    /// <summary>Puts callbacks together.</summary>
    /// <param name="callbacks">The callbacks, in the order in which they are to be called.</param>
    /// <param name="addHistory">Whether a <see cref="Callbacks.History"/> follows, unless there is one.</param>
    /// <param name="addProgbar">Whether a <see cref="ProgbarLogger"/> follows, unless there is one.</param>
    /// <param name="model">The model they serve.</param>
    /// <param name="parameters">What they find in <see cref="Callback.Params"/>.</param>
    /// <exception cref="ArgumentException">A callback is null.</exception>
    public CallbackList(
        IReadOnlyList<Callback>? callbacks = null, bool addHistory = false, bool addProgbar = false, Model? model = null, CallbackParameters? parameters = null)
    {
        _callbacks = [.. callbacks ?? []];
        if (_callbacks.Contains(null!)) throw new ArgumentException($"callbacks[{_callbacks.IndexOf(null!)}] is null.", nameof(callbacks));
        History = _callbacks.OfType<History>().LastOrDefault() ?? new History();
        if (addHistory && !_callbacks.Contains(History)) _callbacks.Add(History);
        if (addProgbar && !_callbacks.OfType<ProgbarLogger>().Any()) _callbacks.Add(new ProgbarLogger());
        WatchesBatchBegin = _callbacks.Any(c => c.WatchesBatchBegin);
        if (model != null) SetModel(model);
        if (parameters != null) SetParams(parameters);
    }

    /// <summary>The number of callbacks.</summary>
    public int Count => _callbacks.Count;

    /// <summary>A callback.</summary>
    /// <param name="index">Its place in the list.</param>
    public Callback this[int index] => _callbacks[index];

    /// <summary>The scores so far.</summary>
    internal History History { get; }

    /// <summary>The callback that is being called, or was called last: the culprit if something goes wrong.</summary>
    internal Callback? Current { get; private set; }

    internal override bool WatchesBatchBegin { get; }

    internal override bool WantsScores
    {
        get
        {
            foreach (Callback callback in _callbacks)
            {
                if (callback.WantsScores) return true;
            }

            return false;
        }
    }

    /// <inheritdoc/>
    public override void SetModel(Model model)
    {
        base.SetModel(model);
        foreach (Callback callback in _callbacks) callback.SetModel(model);
    }

    /// <inheritdoc/>
    public override void SetParams(CallbackParameters parameters)
    {
        base.SetParams(parameters);
        foreach (Callback callback in _callbacks) callback.SetParams(parameters);
    }

    /// <inheritdoc/>
    public override void OnTrainBegin(IDictionary<string, double>? logs = null) => Begin(logs, static (c, l) => c.OnTrainBegin(l));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Training was not begun.</exception>
    public override void OnTrainEnd(IDictionary<string, double>? logs = null)
    {
        End(logs, nameof(OnTrainEnd), static (c, l) => c.OnTrainEnd(l));
        TellAllWereCalled();
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null) => Each(epoch, logs, static (c, e, l) => c.OnEpochBegin(e, l));

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
    {
        Each(epoch, logs, static (c, e, l) => c.OnEpochEnd(e, l));
        TellAllWereCalled();
    }

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(int batch, IDictionary<string, double>? logs = null) => Each(batch, logs, static (c, b, l) => c.OnTrainBatchBegin(b, l));

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null) => Each(batch, logs, static (c, b, l) => c.OnTrainBatchEnd(b, l));

    /// <inheritdoc/>
    public override void OnBatchBegin(int batch, IDictionary<string, double>? logs = null) => Each(batch, logs, static (c, b, l) => c.OnBatchBegin(b, l));

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, IDictionary<string, double>? logs = null) => Each(batch, logs, static (c, b, l) => c.OnBatchEnd(b, l));

    /// <inheritdoc/>
    public override void OnTestBegin(IDictionary<string, double>? logs = null) => Begin(logs, static (c, l) => c.OnTestBegin(l));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The evaluation was not begun.</exception>
    public override void OnTestEnd(IDictionary<string, double>? logs = null) => End(logs, nameof(OnTestEnd), static (c, l) => c.OnTestEnd(l));

    /// <inheritdoc/>
    public override void OnTestBatchBegin(int batch, IDictionary<string, double>? logs = null) => Each(batch, logs, static (c, b, l) => c.OnTestBatchBegin(b, l));

    /// <inheritdoc/>
    public override void OnTestBatchEnd(int batch, IDictionary<string, double>? logs = null) => Each(batch, logs, static (c, b, l) => c.OnTestBatchEnd(b, l));

    /// <inheritdoc/>
    public override void OnPredictBegin(IDictionary<string, double>? logs = null) => Begin(logs, static (c, l) => c.OnPredictBegin(l));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The prediction was not begun.</exception>
    public override void OnPredictEnd(IDictionary<string, double>? logs = null) => End(logs, nameof(OnPredictEnd), static (c, l) => c.OnPredictEnd(l));

    /// <inheritdoc/>
    public override void OnPredictBatchBegin(int batch, IDictionary<string, double>? logs = null) => Each(batch, logs, static (c, b, l) => c.OnPredictBatchBegin(b, l));

    /// <inheritdoc/>
    public override void OnPredictBatchEnd(int batch, IDictionary<string, double>? logs = null) => Each(batch, logs, static (c, b, l) => c.OnPredictBatchEnd(b, l));

    /// <inheritdoc/>
    public IEnumerator<Callback> GetEnumerator() => _callbacks.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The callbacks of one call of <c>Fit</c> or its kin. A list that the user made is used as it is, without a progress bar unless it has one.</summary>
    internal static CallbackList Of(Model model, IReadOnlyList<Callback>? callbacks, CallbackParameters parameters, bool withHistory)
    {
        if (callbacks is not CallbackList given) return new CallbackList(callbacks, addHistory: withHistory, addProgbar: parameters.Verbose != 0, model, parameters);
        // Keras: leaves its model and parameters, and a missing history, too.
        if (withHistory && !given._callbacks.Contains(given.History)) given._callbacks.Add(given.History);
        given.SetModel(model);
        given.SetParams(parameters);
        return given;
    }

    internal override void OnAbandoned()
    {
        _begun = 0;
        foreach (Callback callback in _callbacks) callback.OnAbandoned();
    }

    internal void Each(Action<Callback> action) => action(this);

    /// <summary>Before a batch. Nothing happens, and nothing is allocated, unless a callback overrides what is called there.</summary>
    internal void BatchBegin(int batch, Action<Callback, int> action)
    {
        if (WatchesBatchBegin) action(this, batch);
    }

    /// <summary>After a batch. Scores are read, and something is allocated, only if a callback looks at them.</summary>
    /// <param name="batch">Its number.</param>
    /// <param name="readLogs">Reads the scores, ordered by name, into a dictionary that is the callbacks' own; null where there are none.</param>
    /// <param name="action">Calls a callback.</param>
    internal void BatchEnd(int batch, Func<Dictionary<string, double>?> readLogs, Action<Callback, int, Dictionary<string, double>?> action)
    {
        Dictionary<string, double>? logs = WantsScores ? readLogs() ?? [] : null;
        foreach (Callback callback in _callbacks) action(Current = callback, batch, logs);
        TellAllWereCalled();
    }

    private void TellAllWereCalled()
    {
        foreach (Callback callback in _callbacks) (Current = callback).OnOthersCalled();
    }

    private void Begin(IDictionary<string, double>? logs, Action<Callback, Dictionary<string, double>> action)
    {
        _begun++;
        Dictionary<string, double> copy = Copy(logs);
        foreach (Callback callback in _callbacks) action(Current = callback, copy);
    }

    private void End(IDictionary<string, double>? logs, string method, Action<Callback, Dictionary<string, double>> action)
    {
        if (_begun == 0) throw new InvalidOperationException($"{method} was called without {method.Replace("End", "Begin", StringComparison.Ordinal)} before it.");
        Dictionary<string, double> copy = Copy(logs);
        foreach (Callback callback in _callbacks) action(Current = callback, copy);
        _begun--;
    }

    private void Each(int number, IDictionary<string, double>? logs, Action<Callback, int, Dictionary<string, double>> action)
    {
        Dictionary<string, double> copy = Copy(logs);
        foreach (Callback callback in _callbacks) action(Current = callback, number, copy);
    }

    private static Dictionary<string, double> Copy(IDictionary<string, double>? logs) =>
        logs is not { Count: > 0 } ? [] : new(logs.OrderBy(l => l.Key, StringComparer.Ordinal));
}
