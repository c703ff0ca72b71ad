namespace NKeras.Losses;

/// <summary>The Kullback-Leibler divergence of predicted distributions from the targets' (<c>keras.losses.KLDivergence</c>).</summary>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>Σ yTrue · ln(yTrue / yPred).</remarks>
/// <example><code>
/// new KLDivergence().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 0.6f, 0.4f }, { 0.4f, 0.6f } }); // 0.4581
/// </code></example>
public sealed class KLDivergence(string? reduction = "sum_over_batch_size", string? name = "kl_divergence", DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(yTrue, yPred);
        return LossFunctions.KlDivergence(yTrue, yPred);
    }

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, -1);

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
