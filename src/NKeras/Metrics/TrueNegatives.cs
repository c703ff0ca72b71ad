namespace NKeras.Metrics;

/// <summary>The number (or weight) of targets 0 whose prediction is not above a threshold (<c>keras.metrics.TrueNegatives</c>).</summary>
/// <param name="thresholds">One threshold or several, in [0, 1]; 0.5 if omitted.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new TrueNegatives().Apply(new float[] { 0, 1, 0, 0 }, new float[] { 1, 1, 0, 0 }); // 2
/// </code></example>
public sealed class TrueNegatives(Floats? thresholds = null, string? name = null, DType? dtype = null)
    : BaseConfusionCount(thresholds, name, dtype)
{
    private protected override Tensor Count(ConfusionBatch batch) => batch.TrueNegatives;
}
