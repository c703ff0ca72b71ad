namespace NKeras.Losses;

/// <summary>The average of the absolute differences of targets and predictions (<c>keras.losses.MeanAbsoluteError</c>).</summary>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>mean(|yTrue - yPred|).</remarks>
/// <example><code>
/// new MeanAbsoluteError().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 1, 1 }, { 1, 0 } }); // 0.5
/// </code></example>
public sealed class MeanAbsoluteError(string? reduction = "sum_over_batch_size", string? name = "mean_absolute_error", DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) => LossFunctions.MeanAbsoluteError(yTrue, yPred);

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, -1);

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
