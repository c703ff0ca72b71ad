namespace NKeras.Metrics;

/// <summary>The mean square of how far predictions fall short of 1 on the side of their targets (<c>keras.metrics.SquaredHinge</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new SquaredHinge().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 0.6f, 0.4f }, { 0.4f, 0.6f } }); // 1.86
/// </code></example>
public sealed class SquaredHinge(string? name = "squared_hinge", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.SquaredHinge, name, dtype);
