namespace NKeras.Losses;

/// <summary>The average of the logarithms of the differences' hyperbolic cosines: squared for small errors, linear for large ones (<c>keras.losses.LogCosh</c>).</summary>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>mean(ln(cosh(yPred - yTrue))).</remarks>
/// <example><code>
/// new LogCosh().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 1, 1 }, { 1, 0 } }); // 0.2169
/// </code></example>
public sealed class LogCosh(string? reduction = "sum_over_batch_size", string? name = "log_cosh", DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) => LossFunctions.LogCosh(yTrue, yPred);

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, -1);

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
