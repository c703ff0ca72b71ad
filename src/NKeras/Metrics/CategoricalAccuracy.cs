namespace NKeras.Metrics;

/// <summary>How often the greatest prediction is at the greatest target's place (<c>keras.metrics.CategoricalAccuracy</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
public sealed class CategoricalAccuracy(string? name = "categorical_accuracy", DType? dtype = null)
    : MeanMetricWrapper(MetricFunctions.CategoricalAccuracy, name, dtype);
