namespace NKeras.Losses;

/// <summary>Cross-entropy of class numbers and predicted distributions (<c>keras.losses.SparseCategoricalCrossentropy</c>).</summary>
/// <param name="fromLogits">Whether predictions are logits rather than probabilities.</param>
/// <param name="ignoreClass">A class number whose samples do not count, such as -1 or 255; null for none.</param>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="axis">The axis of the classes.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>-ln(yPred[yTrue]).</remarks>
/// <example><code>
/// new SparseCategoricalCrossentropy().Apply(new int[] { 1, 2 }, new float[,] { { 0.05f, 0.95f, 0 }, { 0.1f, 0.8f, 0.1f } }); // 1.177
/// </code></example>
public sealed class SparseCategoricalCrossentropy(
    bool fromLogits = false,
    int? ignoreClass = null,
    string? reduction = "sum_over_batch_size",
    int axis = -1,
    string? name = "sparse_categorical_crossentropy",
    DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>A class number whose samples do not count.</summary>
    public int? IgnoreClass { get; } = ignoreClass;

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;

    internal override int? IgnoredClass => IgnoreClass;

    internal override int ClassAxis => Axis;

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(yTrue, yPred);
        return LossFunctions.SparseCategoricalCrossentropy(yTrue, yPred, FromLogits, IgnoreClass, Axis);
    }

    internal override bool TakesClassNumbers(Shape yTrue, Shape yPred) => true;

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, Axis);

    internal override bool Accepts(Shape yTrue, Shape yPred)
    {
        if (yPred.Rank == 0) return false;
        return TargetKind.Without(yPred, Axis).IsCompatibleWith(yTrue) || (yTrue.Rank == yPred.Rank && yPred.With(Axis, 1).IsCompatibleWith(yTrue));
    }
}
