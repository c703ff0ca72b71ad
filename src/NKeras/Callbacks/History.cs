namespace NKeras.Callbacks;

/// <summary>The scores of every epoch: what <c>Fit</c> returns (<c>keras.callbacks.History</c>).</summary>
public sealed partial class History : Callback
{
    private readonly List<int> _epoch = [];
    private readonly Dictionary<string, IReadOnlyList<double>> _logs = [];
    private readonly List<HistoryRow> _rows = [];

    /// <summary>The numbers of the epochs, from 0.</summary>
    public IReadOnlyList<int> Epoch => _epoch;

    /// <summary>For each score (<c>loss</c>, <c>val_loss</c>, …) its value after each epoch.</summary>
    // Keras: History.history; a C# class has no member of its own name.
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Logs => _logs;

    /// <summary>The values of one score.</summary>
    /// <exception cref="KeyNotFoundException">There is no such score.</exception>
    public IReadOnlyList<double> this[string score] => _logs.TryGetValue(score, out IReadOnlyList<double>? values)
        ? values
        : throw new KeyNotFoundException($"The history has no score '{score}'. {Suggestion.For(score, _logs.Keys)}");

    /// <inheritdoc/>
    public override void OnTrainBegin(IDictionary<string, double>? logs = null) => _epoch.Clear();

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
    {
        _epoch.Add(epoch);
        _rows.Add(new HistoryRow(epoch, new Dictionary<string, double>(logs ?? new Dictionary<string, double>())));
        foreach ((string name, double value) in _rows[^1].Scores)
        {
            if (!_logs.TryGetValue(name, out IReadOnlyList<double>? values)) _logs[name] = values = new List<double>();
            ((List<double>)values).Add(value);
        }
    }
}
