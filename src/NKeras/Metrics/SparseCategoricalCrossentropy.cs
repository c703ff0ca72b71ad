namespace NKeras.Metrics;

/// <summary>The mean cross-entropy of class numbers and predicted distributions (<c>keras.metrics.SparseCategoricalCrossentropy</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <param name="fromLogits">Whether predictions are logits rather than probabilities.</param>
/// <param name="ignoreClass">A class number for which the value is 0; null for none.</param>
/// <param name="axis">The axis of the classes.</param>
/// <example><code>
/// new SparseCategoricalCrossentropy().Apply(new int[] { 1, 2 }, new float[,] { { 0.05f, 0.95f, 0 }, { 0.1f, 0.8f, 0.1f } }); // 1.177
/// </code></example>
public sealed class SparseCategoricalCrossentropy(string? name = "sparse_categorical_crossentropy", DType? dtype = null, bool fromLogits = false, int? ignoreClass = null, int axis = -1)
    : MeanMetricWrapper((yTrue, yPred) => LossFunctions.SparseCategoricalCrossentropy(yTrue, yPred, fromLogits, ignoreClass, axis), name, dtype)
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>A class number for which the value is 0.</summary>
    public int? IgnoreClass { get; } = ignoreClass;

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;
}
