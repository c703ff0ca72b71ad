namespace NKeras.Losses;

/// <summary>The negative log-likelihood of counts under Poisson distributions with the predicted means (<c>keras.losses.Poisson</c>).</summary>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>mean(yPred - yTrue · ln(yPred)).</remarks>
/// <example><code>
/// new Poisson().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 0.6f, 0.4f }, { 0.4f, 0.6f } }); // 0.7291
/// </code></example>
public sealed class Poisson(string? reduction = "sum_over_batch_size", string? name = "poisson", DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(yTrue, yPred);
        return LossFunctions.Poisson(yTrue, yPred);
    }

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, -1);

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
