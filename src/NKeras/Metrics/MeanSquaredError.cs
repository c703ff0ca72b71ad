namespace NKeras.Metrics;

/// <summary>The mean squared difference of targets and predictions (<c>keras.metrics.MeanSquaredError</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
public sealed class MeanSquaredError(string? name = "mean_squared_error", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.MeanSquaredError, name, dtype);
