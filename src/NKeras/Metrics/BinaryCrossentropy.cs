namespace NKeras.Metrics;

/// <summary>The mean cross-entropy of yes-or-no targets (<c>keras.metrics.BinaryCrossentropy</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <param name="fromLogits">Whether predictions are logits rather than probabilities.</param>
/// <param name="labelSmoothing">How far targets are drawn towards one half, in [0, 1].</param>
/// <example><code>
/// new BinaryCrossentropy().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 0.6f, 0.4f }, { 0.4f, 0.6f } }); // 0.8149
/// </code></example>
public sealed class BinaryCrossentropy(string? name = "binary_crossentropy", DType? dtype = null, bool fromLogits = false, double labelSmoothing = 0)
    : MeanMetricWrapper((yTrue, yPred) => LossFunctions.BinaryCrossentropy(yTrue, yPred, fromLogits, labelSmoothing), name, dtype)
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far targets are drawn towards one half.</summary>
    public double LabelSmoothing { get; } = labelSmoothing;
}
