namespace NKeras.Losses;

/// <summary>Cross-entropy of class numbers that wrong labels harm less (<c>keras.losses.CategoricalGeneralizedCrossEntropy</c>).</summary>
/// <param name="q">How little wrong labels harm, in (0, 1): from cross-entropy to absolute error.</param>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>(1 - yPred[yTrue]^q) / q (Zhang and Sabuncu, 2018).</remarks>
/// <example><code>
/// new CategoricalGeneralizedCrossEntropy(q: 0.7).Apply(new int[] { 1, 2 }, new float[,] { { 0.05f, 0.95f, 0 }, { 0.1f, 0.8f, 0.1f } }); // 0.597
/// </code></example>
public sealed class CategoricalGeneralizedCrossEntropy(
    double q = 0.5,
    string? reduction = "sum_over_batch_size",
    string? name = "categorical_generalized_cross_entropy",
    DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <summary>How little wrong labels harm.</summary>
    public double Q { get; } = LossFunctions.CheckQ(q);

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) => LossFunctions.CategoricalGeneralizedCrossEntropy(yTrue, yPred, Q);

    internal override bool TakesClassNumbers(Shape yTrue, Shape yPred) => true;

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, -1);

    internal override bool Accepts(Shape yTrue, Shape yPred) =>
        yPred.Rank > 0 && (TargetKind.Without(yPred, -1).IsCompatibleWith(yTrue) || yPred.With(-1, 1).IsCompatibleWith(yTrue));
}
