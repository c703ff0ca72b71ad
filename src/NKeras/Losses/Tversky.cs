namespace NKeras.Losses;

/// <summary>One minus the overlap of targets and predictions as masks, with weights for what is wrongly in and wrongly out (<c>keras.losses.Tversky</c>).</summary>
/// <param name="alpha">The weight of what is predicted but not in the target.</param>
/// <param name="beta">The weight of what is in the target but not predicted.</param>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="axis">The axes that form a mask; all if omitted, so that the batch is one mask.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>1 - Σ yTrue · yPred / (Σ yTrue · yPred + alpha Σ (1 - yTrue) · yPred + beta Σ yTrue · (1 - yPred)) (Salehi et al., 2017).</remarks>
/// <example><code>
/// new Tversky(alpha: 0.3, beta: 0.7).Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 0.6f, 0.4f }, { 0.4f, 0.6f } }); // 0.6923
/// </code></example>
public sealed class Tversky(
    double alpha = 0.5,
    double beta = 0.5,
    string? reduction = "sum_over_batch_size",
    string? name = "tversky",
    Ints? axis = null,
    DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <summary>The weight of what is predicted but not in the target.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>The weight of what is in the target but not predicted.</summary>
    public double Beta { get; } = beta;

    /// <summary>The axes that form a mask; null for all.</summary>
    public Ints? Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(yTrue, yPred);
        return LossFunctions.Tversky(yTrue, yPred, Alpha, Beta, Axis);
    }

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, Axis);

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
