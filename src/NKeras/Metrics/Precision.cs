namespace NKeras.Metrics;

/// <summary>How many of the predictions above a threshold have the target 1 (<c>keras.metrics.Precision</c>).</summary>
/// <param name="thresholds">One threshold or several, in [0, 1]; 0.5 if omitted, or none if <paramref name="topK"/> is given.</param>
/// <param name="topK">How many of a sample's greatest predictions may count as yes; all if omitted.</param>
/// <param name="classId">The only class that counts; all if omitted.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new Precision().Apply(new float[] { 0, 1, 1, 1 }, new float[] { 1, 0, 1, 1 }); // 0.6667
/// </code></example>
public sealed class Precision(Floats? thresholds = null, int? topK = null, int? classId = null, string? name = null, DType? dtype = null)
    : BasePositivesShare(thresholds, topK, classId, name, dtype, "false_positives")
{
    private protected override Tensor Others(ConfusionBatch batch) => batch.FalsePositives;
}
