namespace NKeras.Metrics;

/// <summary>The mean logarithm of the differences' hyperbolic cosines (<c>keras.metrics.LogCoshError</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new LogCoshError().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 1, 1 }, { 1, 0 } }); // 0.2169
/// </code></example>
public sealed class LogCoshError(string? name = "logcosh", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.LogCosh, name, dtype);
