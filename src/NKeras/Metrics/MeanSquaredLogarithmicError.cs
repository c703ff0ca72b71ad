namespace NKeras.Metrics;

/// <summary>The mean squared difference of the logarithms of targets and predictions (<c>keras.metrics.MeanSquaredLogarithmicError</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
public sealed class MeanSquaredLogarithmicError(string? name = "mean_squared_logarithmic_error", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.MeanSquaredLogarithmicError, name, dtype);
