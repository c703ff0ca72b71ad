namespace NKeras.Losses;

/// <summary>Cross-entropy of class numbers and predicted distributions (<c>keras.losses.SparseCategoricalCrossentropy</c>).</summary>
/// <param name="fromLogits">Whether predictions are logits rather than probabilities.</param>
/// <param name="ignoreClass">A class number whose samples do not count, such as -1 or 255; null for none.</param>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="axis">The axis of the classes.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
public sealed class SparseCategoricalCrossentropy(
    bool fromLogits = false,
    int? ignoreClass = null,
    string? reduction = "sum_over_batch_size",
    int axis = -1,
    string? name = "sparse_categorical_crossentropy",
    DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    internal override int? IgnoredClass => ignoreClass;

    internal override int ClassAxis => axis;

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(yTrue, yPred);
        return LossFunctions.SparseCategoricalCrossentropy(yTrue, yPred, fromLogits, ignoreClass, axis);
    }

    internal override bool TakesClassNumbers(Shape yTrue, Shape yPred) => true;

    internal override Tensor? IgnoredMask(Tensor yTrue, Tensor yPred)
    {
        if (ignoreClass is not { } ignored) return null;
        return Ops.Reshape(Ops.NotEqual(yTrue, ignored), TargetKind.Without(yPred.Shape, axis));
    }

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, axis);

    internal override bool Accepts(Shape yTrue, Shape yPred)
    {
        if (yPred.Rank == 0) return false;
        return TargetKind.Without(yPred, axis).IsCompatibleWith(yTrue) || (yTrue.Rank == yPred.Rank && yPred.With(axis, 1).IsCompatibleWith(yTrue));
    }
}
