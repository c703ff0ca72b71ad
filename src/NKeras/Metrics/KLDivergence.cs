namespace NKeras.Metrics;

/// <summary>The mean Kullback-Leibler divergence of predicted distributions from the targets' (<c>keras.metrics.KLDivergence</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
public sealed class KLDivergence(string? name = "kl_divergence", DType? dtype = null)
    : MeanMetricWrapper(LossFunctions.KlDivergence, name, dtype);
