namespace NKeras.Losses;

/// <summary>The square of how far predictions fall short of 1 on the side of their targets, -1 or 1 (<c>keras.losses.SquaredHinge</c>).</summary>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>mean(max(1 - yTrue · yPred, 0)²).</remarks>
/// <example><code>
/// new SquaredHinge().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 0.6f, 0.4f }, { 0.4f, 0.6f } }); // 1.86
/// </code></example>
public sealed class SquaredHinge(string? reduction = "sum_over_batch_size", string? name = "squared_hinge", DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) => LossFunctions.SquaredHinge(yTrue, yPred);

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, -1);

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
