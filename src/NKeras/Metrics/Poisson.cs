namespace NKeras.Metrics;

/// <summary>The mean negative log-likelihood of counts under Poisson distributions with the predicted means (<c>keras.metrics.Poisson</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new Poisson().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 0.6f, 0.4f }, { 0.4f, 0.6f } }); // 0.7291
/// </code></example>
public sealed class Poisson(string? name = "poisson", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.Poisson, name, dtype);
