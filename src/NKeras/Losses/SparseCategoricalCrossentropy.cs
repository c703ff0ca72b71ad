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
        int at = yPred.Shape.Axis(axis);
        int[] dims = [.. yPred.Shape.Dims[..at], .. yPred.Shape.Dims[(at + 1)..]];
        return Ops.Reshape(Ops.NotEqual(yTrue, ignored), new Shape(dims));
    }

    internal override bool Accepts(Shape yTrue, Shape yPred)
    {
        if (yPred.Rank == 0) return false;
        int at = yPred.Axis(axis);
        Shape classes = new([.. yPred.Dims[..at], .. yPred.Dims[(at + 1)..]]);
        return classes.IsCompatibleWith(yTrue) || (yTrue.Rank == yPred.Rank && yPred.With(at, 1).IsCompatibleWith(yTrue));
    }
}
