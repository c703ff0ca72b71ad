namespace NKeras.Metrics;

/// <summary>The mean logarithm of the differences' hyperbolic cosines (<c>keras.metrics.LogCoshError</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
public sealed class LogCoshError(string? name = "logcosh", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.LogCosh, name, dtype);
