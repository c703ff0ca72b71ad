using NKeras.Engine;

namespace NKeras.Callbacks.TensorBoardFormat;

/// <summary>How often values occur in 30 equal parts of their range, as tf.summary.histogram counts them.</summary>
/// <remarks>
/// If all values are the same, every part lies there and the last holds all. Values that are infinite or NaN have no place and are
/// left out; without any other, all is zero.
/// </remarks>
internal sealed class HistogramData
{
    public const int BucketCount = 30;

    /// <summary>A bucket is three numbers: where it begins, where it ends, and how many values it holds.</summary>
    public const int BucketWidth = 3;

    private readonly double[] _buckets = new double[BucketCount * BucketWidth];

    public HistogramData(ElementView values)
    {
        FiniteRange range = FiniteRange.Of(values);
        if (range.IsEmpty) return;
        (double least, double greatest) = range;
        double width = (greatest - least) / BucketCount;
        for (int bucket = 0; bucket < BucketCount; bucket++)
        {
            _buckets[bucket * BucketWidth] = least + (width * bucket);
            _buckets[(bucket * BucketWidth) + 1] = bucket == BucketCount - 1 ? greatest : least + (width * (bucket + 1));
        }

        for (int i = 0; i < values.Size; i++)
        {
            double value = values.Number(i);
            if (!double.IsFinite(value)) continue;
            int bucket = width == 0 ? BucketCount - 1 : (int)Math.Min((value - least) / width, BucketCount - 1);
            _buckets[(bucket * BucketWidth) + 2]++;
        }
    }

    /// <summary>The buckets one after the other.</summary>
    public ReadOnlySpan<double> Buckets => _buckets;
}
