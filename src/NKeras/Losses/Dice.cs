namespace NKeras.Losses;

/// <summary>One minus the overlap of targets and predictions as masks, twice their common part over their sum (<c>keras.losses.Dice</c>).</summary>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="axis">The axes that form a mask; all if omitted, so that the batch is one mask.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>1 - 2 Σ yTrue · yPred / (Σ yTrue + Σ yPred).</remarks>
/// <example><code>
/// new Dice().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 0.6f, 0.4f }, { 0.4f, 0.6f } }); // 0.7333
/// </code></example>
public sealed class Dice(string? reduction = "sum_over_batch_size", string? name = "dice", Ints? axis = null, DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <summary>The axes that form a mask; null for all.</summary>
    public Ints? Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(yTrue, yPred);
        return LossFunctions.Dice(yTrue, yPred, Axis);
    }

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, Axis);

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
