using System.Diagnostics;

namespace NKeras.Callbacks;

/// <summary>Prints progress and scores (<c>keras.callbacks.ProgbarLogger</c>). <c>Fit</c> and its kin add it unless <c>verbose</c> is 0.</summary>
public sealed class ProgbarLogger : Callback
{
    private readonly TextWriter? _writer;
    private readonly bool? _dynamic;
    private readonly Func<double> _seconds;
    private Progbar? _bar;
    private bool _inFit;

    /// <summary>Prints to the console.</summary>
    public ProgbarLogger()
        : this(null, null, () => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency)
    {
    }

    /// <summary>Prints elsewhere; for tests.</summary>
    internal ProgbarLogger(TextWriter? writer, bool? dynamic, Func<double> seconds) => (_writer, _dynamic, _seconds) = (writer, dynamic, seconds);

    /// <summary>Whether scores given now would be shown.</summary>
    internal bool IsDue => _bar is { IsDue: true };

    private TextWriter Writer => _writer ?? Console.Out;

    /// <inheritdoc/>
    public override void OnTrainBegin(IDictionary<string, double>? logs = null) => _inFit = true; // Validation is then silent.

    /// <inheritdoc/>
    public override void OnTrainEnd(IDictionary<string, double>? logs = null) => _inFit = false;

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null)
    {
        Start();
        if (Params.Verbose != 0 && Params.Epochs > 1) Writer.Write($"Epoch {epoch + 1}/{Params.Epochs}\n");
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null) => Update(batch, logs);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null) => Finish(logs);

    /// <inheritdoc/>
    public override void OnTestBegin(IDictionary<string, double>? logs = null)
    {
        if (!_inFit) Start();
    }

    /// <inheritdoc/>
    public override void OnTestBatchEnd(int batch, IDictionary<string, double>? logs = null)
    {
        if (!_inFit) Update(batch, logs);
    }

    /// <inheritdoc/>
    public override void OnTestEnd(IDictionary<string, double>? logs = null)
    {
        if (!_inFit) Finish(logs);
    }

    /// <inheritdoc/>
    public override void OnPredictBegin(IDictionary<string, double>? logs = null) => Start();

    /// <inheritdoc/>
    public override void OnPredictBatchEnd(int batch, IDictionary<string, double>? logs = null) => Update(batch, logs);

    /// <inheritdoc/>
    public override void OnPredictEnd(IDictionary<string, double>? logs = null) => Finish(logs);

    private void Start() => _bar = new Progbar(Writer, _dynamic ?? !Console.IsOutputRedirected, Params.Steps ?? 0, Params.Verbose, _seconds);

    private void Update(int batch, IDictionary<string, double>? logs)
    {
        _bar!.Step(batch + 1);
        if (_bar.IsDue) _bar.Draw(batch + 1, logs ?? new Dictionary<string, double>(), finished: false);
    }

    private void Finish(IDictionary<string, double>? logs) => _bar!.Draw(Params.Steps ?? 0, logs ?? new Dictionary<string, double>(), finished: true);
}
