namespace NKeras.Metrics;

/// <summary>The mean squared difference of the logarithms of targets and predictions (<c>keras.metrics.MeanSquaredLogarithmicError</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new MeanSquaredLogarithmicError().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 1, 1 }, { 1, 0 } }); // 0.2402
/// </code></example>
public sealed class MeanSquaredLogarithmicError(string? name = "mean_squared_logarithmic_error", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.MeanSquaredLogarithmicError, name, dtype);
