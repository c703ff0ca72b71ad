namespace NKeras.Losses;

/// <summary>The average of the differences in percent of the targets (<c>keras.losses.MeanAbsolutePercentageError</c>).</summary>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>100 · mean(|(yTrue - yPred) / yTrue|).</remarks>
/// <example><code>
/// new MeanAbsolutePercentageError().Apply(new float[,] { { 2, 4 }, { 5, 10 } }, new float[,] { { 3, 4 }, { 4, 12 } }); // 22.5
/// </code></example>
public sealed class MeanAbsolutePercentageError(string? reduction = "sum_over_batch_size", string? name = "mean_absolute_percentage_error", DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) => LossFunctions.MeanAbsolutePercentageError(yTrue, yPred);

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, -1);

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
