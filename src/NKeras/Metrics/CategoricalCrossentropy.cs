namespace NKeras.Metrics;

/// <summary>The mean cross-entropy of target distributions and predicted ones (<c>keras.metrics.CategoricalCrossentropy</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <param name="fromLogits">Whether predictions are logits rather than probabilities.</param>
/// <param name="labelSmoothing">How far targets are drawn towards the uniform distribution, in [0, 1].</param>
/// <param name="axis">The axis of the classes.</param>
/// <example><code>
/// new CategoricalCrossentropy().Apply(new float[,] { { 0, 1, 0 }, { 0, 0, 1 } }, new float[,] { { 0.05f, 0.95f, 0 }, { 0.1f, 0.8f, 0.1f } }); // 1.177
/// </code></example>
public sealed class CategoricalCrossentropy(string? name = "categorical_crossentropy", DType? dtype = null, bool fromLogits = false, double labelSmoothing = 0, int axis = -1)
    : MeanMetricWrapper((yTrue, yPred) => LossFunctions.CategoricalCrossentropy(yTrue, yPred, fromLogits, labelSmoothing, axis), name, dtype)
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far targets are drawn towards the uniform distribution.</summary>
    public double LabelSmoothing { get; } = labelSmoothing;

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;
}
