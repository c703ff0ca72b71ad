namespace NKeras.Metrics;

/// <summary>The numbers above which a prediction counts as yes.</summary>
internal sealed class ThresholdSet
{
    private readonly double[] _values;

    // What predictions, scaled by Scale, are compared with.
    private readonly double[] _levels;
    private readonly bool _even;

    private ThresholdSet(double[] values, bool even)
    {
        (_values, _even) = (values, even);
        // Keras: sorts predictions into buckets if thresholds lie evenly in [0, 1]. A prediction is then compared as a multiple
        // of the step, which decides what becomes of those that rounding moves across a threshold.
        bool beyond = values[0] < 0 || values[^1] > 1;
        _levels = even ? [.. values.Select((_, i) => i == 0 && beyond ? -1.0 : i)] : values;
    }

    /// <summary>How many there are.</summary>
    public int Count => _values.Length;

    /// <summary>A user's thresholds, or another if there are none.</summary>
    /// <exception cref="ArgumentException">One is outside [0, 1], or there are none in the list.</exception>
    public static ThresholdSet Of(Floats? thresholds, double otherwise)
    {
        if (thresholds == null) return new([otherwise], even: false);
        Check(thresholds);
        if (thresholds.Count == 0) throw new ArgumentException("thresholds is an empty list; give one threshold at least.", nameof(thresholds));
        return new([.. thresholds], IsEven([.. thresholds]));
    }

    /// <summary>So many thresholds from 0 to 1; a single one is 0.5.</summary>
    public static ThresholdSet Even(int count) => count == 1 ? new([0.5], even: false) : new([.. Steps(count)], even: true);

    /// <summary>A user's thresholds in order, or so many even ones, with a first below 0 and a last above 1.</summary>
    public static ThresholdSet Enclosed(Floats? thresholds, int count)
    {
        double[] values = thresholds == null ? [.. Steps(count)] : [0, .. thresholds.Order(), 1];
        bool even = thresholds == null || IsEven(values);
        values[0] = -Config.Epsilon();
        values[^1] = 1 + Config.Epsilon();
        return new(values, even);
    }

    /// <summary>Fails unless all are in [0, 1].</summary>
    public static void Check(Floats thresholds)
    {
        if (thresholds.Any(t => t is not (>= 0 and <= 1)))
            throw new ArgumentException($"Thresholds are in [0, 1]; received {thresholds}.", nameof(thresholds));
    }

    /// <summary>Whether predictions are above each threshold: shape (thresholds, …).</summary>
    public Tensor Above(Tensor predictions)
    {
        if (_even) predictions = Ops.Multiply(Ops.Clip(predictions, 0.0, 1.0), (double)(Count - 1));
        int[] dims = [Count, .. Enumerable.Repeat(1, predictions.Rank)];
        return Ops.Greater(Ops.ExpandDims(predictions, 0), Ops.Cast(Tensor.From<double>(_levels, dims), predictions.DType));
    }

    private static IEnumerable<double> Steps(int count) => Enumerable.Range(0, count).Select(i => i / (double)(count - 1));

    private static bool IsEven(double[] values) => values.Length >= 3
        && values.Zip(Steps(values.Length)).All(p => Math.Abs(p.First - p.Second) <= Config.Epsilon() + (1e-5 * Math.Abs(p.Second)));
}
