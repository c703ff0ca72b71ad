namespace NKeras.Metrics;

/// <summary>How far, on average, predictions fall short of 1 on the side of their targets (<c>keras.metrics.Hinge</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new Hinge().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 0.6f, 0.4f }, { 0.4f, 0.6f } }); // 1.3
/// </code></example>
public sealed class Hinge(string? name = "hinge", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.Hinge, name, dtype);
