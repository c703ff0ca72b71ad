namespace NKeras.Losses;

/// <summary>How far predictions fall short of 1 on the side of their targets, -1 or 1 (<c>keras.losses.Hinge</c>).</summary>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>mean(max(1 - yTrue · yPred, 0)).</remarks>
/// <example><code>
/// new Hinge().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 0.6f, 0.4f }, { 0.4f, 0.6f } }); // 1.3
/// </code></example>
public sealed class Hinge(string? reduction = "sum_over_batch_size", string? name = "hinge", DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) => LossFunctions.Hinge(yTrue, yPred);

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, -1);

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
