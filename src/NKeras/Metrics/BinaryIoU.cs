namespace NKeras.Metrics;

/// <summary>Intersection over union of the classes 0 and 1, which predictions are by a threshold (<c>keras.metrics.BinaryIoU</c>).</summary>
/// <param name="targetClassIds">The classes that count; both if omitted.</param>
/// <param name="threshold">Predictions from it on count as 1.</param>
/// <param name="name">The name; <c>binary_io_u</c>, … if omitted.</param>
/// <param name="dtype">The type of the counts; int32 if omitted.</param>
/// <example><code>
/// new BinaryIoU(threshold: 0.3).Apply(new float[] { 0, 1, 0, 1 }, new float[] { 0.1f, 0.2f, 0.4f, 0.7f }); // 0.3333
/// </code></example>
public sealed class BinaryIoU(Ints? targetClassIds = null, double threshold = 0.5, string? name = null, DType? dtype = null)
    : IoU(2, targetClassIds ?? [0, 1], name, dtype)
{
    /// <summary>Predictions from it on count as 1.</summary>
    public double Threshold { get; } = threshold;

    /// <inheritdoc/>
    public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null) =>
        base.UpdateState(yTrue, Ops.GreaterEqual(Ops.Cast(yPred, DType.Float32), Threshold), sampleWeight);
}
