namespace NKeras.Losses;

/// <summary>How far the greatest prediction of a wrong class comes within 1 of that of the right one (<c>keras.losses.CategoricalHinge</c>).</summary>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>max(1 + max((1 - yTrue) · yPred) - Σ yTrue · yPred, 0).</remarks>
/// <example><code>
/// new CategoricalHinge().Apply(new float[,] { { 0, 1, 0 }, { 0, 0, 1 } }, new float[,] { { 0.05f, 0.95f, 0 }, { 0.1f, 0.8f, 0.1f } }); // 0.9
/// </code></example>
public sealed class CategoricalHinge(string? reduction = "sum_over_batch_size", string? name = "categorical_hinge", DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(yTrue, yPred);
        return LossFunctions.CategoricalHinge(yTrue, yPred);
    }

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, -1);

    internal override bool Accepts(Shape yTrue, Shape yPred) => yTrue.IsCompatibleWith(yPred);
}
