namespace NKeras.Losses;

/// <summary>How far predictions fall short of 1 on the side of their targets, -1 or 1 (<c>keras.losses.Hinge</c>).</summary>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
public sealed class Hinge(string? reduction = "sum_over_batch_size", string? name = "hinge", DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) => LossFunctions.Hinge(yTrue, yPred);

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, -1);

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
