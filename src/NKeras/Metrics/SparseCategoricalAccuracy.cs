using NKeras.Losses;

namespace NKeras.Metrics;

/// <summary>How often the greatest prediction is that of the target's class (<c>keras.metrics.SparseCategoricalAccuracy</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new SparseCategoricalAccuracy().Apply(new int[] { 1, 2 }, new float[,] { { 0.05f, 0.95f, 0 }, { 0.1f, 0.8f, 0.1f } }); // 0.5
/// </code></example>
public sealed class SparseCategoricalAccuracy(string? name = "sparse_categorical_accuracy", DType? dtype = null)
    : MeanMetricWrapper(MetricFunctions.SparseCategoricalAccuracy, name, dtype)
{
    private protected override void CheckTargets(Tensor yTrue, Tensor yPred, Tensor? sampleWeight) => ClassNumbers.Check(yTrue, yPred.Shape[-1], sampleWeight: sampleWeight);
}
