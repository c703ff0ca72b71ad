using NKeras.Engine.Primitives;

namespace NKeras.Metrics;

/// <summary>The numbers above which a prediction counts as yes.</summary>
internal sealed class ThresholdSet
{
    private readonly double[] _values;

    // Keras: sorts predictions into buckets if thresholds lie evenly in [0, 1]. That takes one pass for all of them, and
    // decides what becomes of predictions that rounding moves across a threshold.
    private readonly bool _even;

    private readonly Lazy<Tensor> _above;
    private readonly Lazy<Tensor> _notAbove;

    private ThresholdSet(double[] values, bool even)
    {
        (_values, _even) = (values, even);
        (_above, _notAbove) = (new(() => Beyond(above: true)), new(() => Beyond(above: false)));
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

    /// <summary>Where predictions (samples[, labels]) stand between the thresholds, for <see cref="Total"/>.</summary>
    public Tensor Place(Tensor predictions)
    {
        if (!_even)
        {
            int[] dims = [Count, .. Enumerable.Repeat(1, predictions.Rank)];
            return Ops.Greater(Ops.ExpandDims(predictions, 0), Ops.Cast(Tensor.From<double>(_values, dims), predictions.DType));
        }

        // The bucket is the number of thresholds below; all but NaN are above a threshold below 0.
        Tensor steps = Ops.Multiply(Ops.Clip(predictions, 0.0, 1.0), (double)(Count - 1));
        Tensor bucket = Ops.Cast(Ops.Where(Ops.Greater(steps, 0f), PrimitiveOps.Unary(ElementwiseFunction.Ceiling, steps), 0f), DType.Int32);
        if (_values[0] < 0) bucket = Ops.Where(Ops.GreaterEqual(steps, 0f), Ops.Maximum(bucket, 1), bucket);
        return predictions.Rank == 1 ? bucket : Ops.Reshape(Ops.Add(Ops.Multiply(bucket, predictions.Shape.Dims[1]), Ops.AlongLast(predictions)), -1);
    }

    /// <summary>The weight of predictions above each threshold, or not above it: (thresholds[, labels]).</summary>
    public Tensor Total(Tensor place, Tensor weight, bool above)
    {
        if (!_even) return Ops.Sum(above ? Ops.Where(place, weight, 0f) : Ops.Where(place, 0f, weight), [1]);

        int labels = weight.Rank == 1 ? 1 : weight.Shape.Dims[1];
        Tensor buckets = new ScatterAdd(0, (Count + 1) * labels).Apply(place, Ops.Reshape(weight, -1));
        Tensor total = Ops.Matmul(Ops.Cast(above ? _above.Value : _notAbove.Value, weight.DType), Ops.Reshape(buckets, new Shape([Count + 1, labels])));
        return weight.Rank == 1 ? Ops.Reshape(total, -1) : total;
    }

    /// <summary>Ones where predictions of a bucket (column) are above a threshold (row), or where they are not.</summary>
    private Tensor Beyond(bool above)
    {
        float[,] ones = new float[Count, Count + 1];
        for (int i = 0; i < Count; i++)
        {
            for (int bucket = 0; bucket <= Count; bucket++) ones[i, bucket] = bucket > i == above ? 1 : 0;
        }

        return ones;
    }

    private static IEnumerable<double> Steps(int count) => Enumerable.Range(0, count).Select(i => i / (double)(count - 1));

    private static bool IsEven(double[] values) => values.Length >= 3
        && values.Zip(Steps(values.Length)).All(p => Math.Abs(p.First - p.Second) <= Config.Epsilon() + (1e-5 * Math.Abs(p.Second)));
}
