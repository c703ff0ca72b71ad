namespace NKeras.Metrics;

/// <summary>The mean of Pearson's correlation of targets and predictions (<c>keras.metrics.PearsonCorrelation</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <param name="axis">The axis along which they are correlated.</param>
/// <example><code>
/// new PearsonCorrelation().Apply(new float[,] { { 0, 1, 0.5f }, { 1, 1, 0.2f } }, new float[,] { { 0.1f, 0.9f, 0.5f }, { 1, 0.9f, 0.2f } }); // 0.9967
/// </code></example>
public sealed class PearsonCorrelation(string? name = "pearson_correlation", DType? dtype = null, int axis = -1)
    : MeanMetricWrapper((yTrue, yPred) => MetricFunctions.PearsonCorrelation(yTrue, yPred, axis), name, dtype)
{
    /// <summary>The axis along which they are correlated.</summary>
    public int Axis { get; } = axis;
}
