namespace NKeras.Metrics;

/// <summary>How often predictions are on their targets' side of a threshold (<c>keras.metrics.BinaryAccuracy</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <param name="threshold">Predictions above it count as 1.</param>
/// <example><code>
/// new BinaryAccuracy().Apply(new float[,] { { 1 }, { 1 }, { 0 }, { 0 } }, new float[,] { { 0.98f }, { 1 }, { 0 }, { 0.6f } }); // 0.75
/// </code></example>
public sealed class BinaryAccuracy(string? name = "binary_accuracy", DType? dtype = null, double threshold = 0.5)
    : MeanMetricWrapper((yTrue, yPred) => MetricFunctions.BinaryAccuracy(yTrue, yPred, threshold), name, dtype)
{
    /// <summary>Predictions above it count as 1.</summary>
    public double Threshold { get; } = threshold;
}
