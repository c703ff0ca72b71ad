namespace NKeras.Callbacks;

/// <summary>A callback that watches one score and asks whether it has improved: the base of <see cref="EarlyStopping"/> and <see cref="ReduceLROnPlateau"/>.</summary>
public abstract class MonitorCallback : Callback
{
    private bool? _greater;

    /// <summary>Sets what is watched.</summary>
    /// <param name="monitor">The name of the score, as it is in the logs.</param>
    /// <param name="mode"><c>"min"</c> or <c>"max"</c>: whether less or more is better. <c>"auto"</c> looks at the metric; other words warn, and mean the same.</param>
    /// <param name="baseline">A value to beat; the first one if omitted.</param>
    /// <param name="minDelta">By how much a value must be better to count as an improvement.</param>
    /// <exception cref="ArgumentException">There is no name, or <paramref name="minDelta"/> is no number.</exception>
    protected MonitorCallback(string monitor = "val_loss", string mode = "auto", double? baseline = null, double minDelta = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(monitor);
        if (double.IsNaN(minDelta)) throw new ArgumentException("minDelta is not a number.", nameof(minDelta));
        if (mode is not ("auto" or "min" or "max"))
        {
            Warn($"{GetType().Name} mode '{mode}' is unknown, fallback to auto mode.");
            mode = "auto";
        }

        (Monitor, Mode, Best, MinDelta) = (monitor, mode, baseline, Math.Abs(minDelta));
        _greater = mode == "auto" ? null : mode == "max";
    }

    /// <summary>The name of the score that is watched.</summary>
    public string Monitor { get; }

    /// <summary><c>"min"</c>, <c>"max"</c> or <c>"auto"</c>.</summary>
    public string Mode { get; }

    /// <summary>The best value so far; null if there was none.</summary>
    public double? Best { get; protected set; }

    /// <summary>By how much a value must be better to count as an improvement.</summary>
    // Keras: its min_delta turns negative where less is better.
    public double MinDelta { get; }

    /// <summary>Whether greater values of the score are better.</summary>
    /// <exception cref="InvalidOperationException">The mode is <c>"auto"</c>, and the score is neither a loss nor a metric of which that is known.</exception>
    protected internal bool GreaterIsBetter => _greater ??= FindDirection();

    /// <summary>Whether a value is better than another one by more than <see cref="MinDelta"/>.</summary>
    /// <param name="monitorValue">The value.</param>
    /// <param name="referenceValue">The other value; everything is better than null.</param>
    protected internal bool IsImprovement(double monitorValue, double? referenceValue)
    {
        if (referenceValue is not { } reference) return true;
        // In float32, as scores are: a baseline of 0.6 is the 0.6 that a score may be.
        return GreaterIsBetter ? (float)(monitorValue - MinDelta) > (float)reference : (float)(monitorValue + MinDelta) < (float)reference;
    }

    private bool FindDirection()
    {
        string name = Monitor.StartsWith("val_", StringComparison.Ordinal) ? Monitor["val_".Length..] : Monitor;
        if (name == "loss") return false;
        return Model.Metrics.Where(m => m.Name == name).Select(MetricDirection.GreaterIsBetter).LastOrDefault(d => d != null)
            ?? throw new InvalidOperationException(
                $"{GetType().Name} watches '{Monitor}', but whether more or less of that is better cannot be told. Give mode: \"max\" if greater values are better, mode: \"min\" if smaller ones are.");
    }
}
