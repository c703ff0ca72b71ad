namespace NKeras.Metrics;

/// <summary>How often the greatest prediction is at the greatest target's place (<c>keras.metrics.CategoricalAccuracy</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new CategoricalAccuracy().Apply(new float[,] { { 0, 1, 0 }, { 0, 0, 1 } }, new float[,] { { 0.05f, 0.95f, 0 }, { 0.1f, 0.8f, 0.1f } }); // 0.5
/// </code></example>
public sealed class CategoricalAccuracy(string? name = "categorical_accuracy", DType? dtype = null)
    : MeanMetricWrapper(MetricFunctions.CategoricalAccuracy, name, dtype);
