namespace NKeras.Metrics;

/// <summary>The mean squared difference of targets and predictions (<c>keras.metrics.MeanSquaredError</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new MeanSquaredError().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 1, 1 }, { 1, 0 } }); // 0.5
/// </code></example>
public sealed class MeanSquaredError(string? name = "mean_squared_error", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.MeanSquaredError, name, dtype);
