namespace NKeras.Metrics;

/// <summary>How far, on average, predictions fall short of 1 on the side of their targets (<c>keras.metrics.Hinge</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
public sealed class Hinge(string? name = "hinge", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.Hinge, name, dtype);
