using NKeras.Terminals;

namespace NKeras.Callbacks;

/// <summary>Prints progress and scores (<c>keras.callbacks.ProgbarLogger</c>). <c>Fit</c> and its kin add it unless <c>verbose</c> is 0.</summary>
/// <example>
/// <code>
/// // In a loop of one's own:
/// CallbackList callbacks = new([new ProgbarLogger()], parameters: new(Verbose: 1, Epochs: 3, Steps: 100));
/// </code>
/// </example>
public sealed class ProgbarLogger : Callback
{
    private readonly Func<TerminalLine> _line;
    private readonly Func<double> _seconds;
    private CallbackParameters _parameters = new();
    private TerminalLine? _shown;
    private Progbar? _bar;
    private int? _target;
    private int _seen;
    private bool _inFit;

    // Validation within Fit is not shown.
    private bool _silent;

    /// <summary>Prints to the console.</summary>
    public ProgbarLogger()
        : this(TerminalLine.OnConsole, Progbar.Now)
    {
    }

    /// <summary>Prints elsewhere; for tests.</summary>
    internal ProgbarLogger(TextWriter writer, bool dynamic, Func<double> seconds)
        : this(() => new TerminalLine(writer, dynamic, dynamic ? TerminalColors.Sixteen : TerminalColors.None, () => int.MaxValue), seconds)
    {
    }

    private ProgbarLogger(Func<TerminalLine> line, Func<double> seconds) => (_line, _seconds) = (line, seconds);

    internal override bool WantsScores => !_silent && _bar is { IsDue: true };

    /// <inheritdoc/>
    public override void SetParams(CallbackParameters parameters)
    {
        base.SetParams(parameters);
        (_parameters, _target) = (parameters, parameters.Steps);
    }

    /// <inheritdoc/>
    public override void OnTrainBegin(IDictionary<string, double>? logs = null) => _inFit = true;

    /// <inheritdoc/>
    public override void OnTrainEnd(IDictionary<string, double>? logs = null) => _inFit = false;

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null)
    {
        Start();
        if (_parameters.Verbose != 0 && _parameters.Epochs > 1) _shown!.Write($"Epoch {epoch + 1}/{_parameters.Epochs}");
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null) => Update(batch, logs);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null) => Finish(logs);

    /// <inheritdoc/>
    public override void OnTestBegin(IDictionary<string, double>? logs = null)
    {
        _silent = _inFit;
        if (!_silent) Start();
    }

    /// <inheritdoc/>
    public override void OnTestBatchEnd(int batch, IDictionary<string, double>? logs = null)
    {
        if (!_silent) Update(batch, logs);
    }

    /// <inheritdoc/>
    public override void OnTestEnd(IDictionary<string, double>? logs = null)
    {
        if (!_silent) Finish(logs);
        _silent = false;
    }

    /// <inheritdoc/>
    public override void OnPredictBegin(IDictionary<string, double>? logs = null) => Start();

    /// <inheritdoc/>
    public override void OnPredictBatchEnd(int batch, IDictionary<string, double>? logs = null) => Update(batch, null);

    /// <inheritdoc/>
    public override void OnPredictEnd(IDictionary<string, double>? logs = null) => Finish(logs);

    internal override void OnAbandoned()
    {
        _shown?.Leave();
        _inFit = _silent = false;
    }

    private Progbar Start()
    {
        _seen = 0;
        _shown = _line();
        return _bar = new Progbar(_shown, _seconds, _target, verbose: _parameters.Verbose, statelessMetrics: []);
    }

    private void Update(int batch, IDictionary<string, double>? logs)
    {
        Progbar bar = _bar ?? Start();
        _seen = batch + 1;
        if (bar.IsDue) bar.Update(_seen, logs ?? new Dictionary<string, double>(), finished: false);
        else if (_parameters.Verbose == 1) bar.Skip(_seen);
    }

    private void Finish(IDictionary<string, double>? logs)
    {
        Progbar bar = _bar ?? Start();
        // An unknown length is known from now on.
        bar.Target = _target ??= _seen;
        bar.Update(_target.Value, logs ?? new Dictionary<string, double>(), finished: true);
    }
}
