namespace NKeras.Metrics;

/// <summary>How many of the targets 1 have a prediction above a threshold (<c>keras.metrics.Recall</c>).</summary>
/// <param name="thresholds">One threshold or several, in [0, 1]; 0.5 if omitted, or none if <paramref name="topK"/> is given.</param>
/// <param name="topK">How many of a sample's greatest predictions may count as yes; all if omitted.</param>
/// <param name="classId">The only class that counts; all if omitted.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new Recall().Apply(new float[] { 0, 1, 1, 1 }, new float[] { 1, 0, 1, 1 }); // 0.6667
/// </code></example>
public sealed class Recall(Floats? thresholds = null, int? topK = null, int? classId = null, string? name = null, DType? dtype = null)
    : BasePositivesShare(thresholds, topK, classId, name, dtype, "false_negatives")
{
    private protected override Tensor Others(ConfusionBatch batch) => batch.FalseNegatives;
}
