namespace NKeras.Metrics;

/// <summary>The mean absolute difference of targets and predictions (<c>keras.metrics.MeanAbsoluteError</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new MeanAbsoluteError().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 1, 1 }, { 1, 0 } }); // 0.5
/// </code></example>
public sealed class MeanAbsoluteError(string? name = "mean_absolute_error", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.MeanAbsoluteError, name, dtype);
