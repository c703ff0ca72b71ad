namespace NKeras.Metrics;

/// <summary>The mean Kullback-Leibler divergence of predicted distributions from the targets' (<c>keras.metrics.KLDivergence</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new KLDivergence().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 0.6f, 0.4f }, { 0.4f, 0.6f } }); // 0.4581
/// </code></example>
public sealed class KLDivergence(string? name = "kl_divergence", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.KlDivergence, name, dtype);
