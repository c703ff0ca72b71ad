namespace NKeras.Metrics;

/// <summary>The mean difference in percent of the targets (<c>keras.metrics.MeanAbsolutePercentageError</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new MeanAbsolutePercentageError().Apply(new float[,] { { 2, 4 }, { 5, 10 } }, new float[,] { { 3, 4 }, { 4, 12 } }); // 22.5
/// </code></example>
public sealed class MeanAbsolutePercentageError(string? name = "mean_absolute_percentage_error", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.MeanAbsolutePercentageError, name, dtype);
