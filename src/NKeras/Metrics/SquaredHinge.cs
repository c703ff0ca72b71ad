namespace NKeras.Metrics;

/// <summary>The mean square of how far predictions fall short of 1 on the side of their targets (<c>keras.metrics.SquaredHinge</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
public sealed class SquaredHinge(string? name = "squared_hinge", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.SquaredHinge, name, dtype);
