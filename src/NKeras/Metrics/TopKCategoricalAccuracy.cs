namespace NKeras.Metrics;

/// <summary>How often the prediction at the greatest target's place is among the k greatest (<c>keras.metrics.TopKCategoricalAccuracy</c>).</summary>
/// <param name="k">How many predictions count.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new TopKCategoricalAccuracy(k: 2).Apply(new float[,] { { 0, 1, 0 }, { 0, 0, 1 } }, new float[,] { { 0.1f, 0.7f, 0.2f }, { 0.5f, 0.3f, 0.2f } }); // 0.5
/// </code></example>
public sealed class TopKCategoricalAccuracy(int k = 5, string? name = "top_k_categorical_accuracy", DType? dtype = null)
    : MeanMetricWrapper((yTrue, yPred) => MetricFunctions.TopKCategoricalAccuracy(yTrue, yPred, k), name, dtype)
{
    /// <summary>How many predictions count.</summary>
    public int K { get; } = MetricFunctions.CheckK(k);
}
