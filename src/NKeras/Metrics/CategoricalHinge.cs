namespace NKeras.Metrics;

/// <summary>How far, on average, the greatest prediction of a wrong class comes within 1 of that of the right one (<c>keras.metrics.CategoricalHinge</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new CategoricalHinge().Apply(new float[,] { { 0, 1, 0 }, { 0, 0, 1 } }, new float[,] { { 0.05f, 0.95f, 0 }, { 0.1f, 0.8f, 0.1f } }); // 0.9
/// </code></example>
public sealed class CategoricalHinge(string? name = "categorical_hinge", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.CategoricalHinge, name, dtype);
