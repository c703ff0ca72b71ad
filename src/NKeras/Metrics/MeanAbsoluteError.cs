namespace NKeras.Metrics;

/// <summary>The mean absolute difference of targets and predictions (<c>keras.metrics.MeanAbsoluteError</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
public sealed class MeanAbsoluteError(string? name = "mean_absolute_error", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.MeanAbsoluteError, name, dtype);
