namespace NKeras.Metrics;

/// <summary>The mean difference in percent of the targets (<c>keras.metrics.MeanAbsolutePercentageError</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
public sealed class MeanAbsolutePercentageError(string? name = "mean_absolute_percentage_error", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.MeanAbsolutePercentageError, name, dtype);
