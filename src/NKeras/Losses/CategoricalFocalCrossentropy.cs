namespace NKeras.Losses;

/// <summary>Cross-entropy of target distributions in which what is already predicted well counts less (<c>keras.losses.CategoricalFocalCrossentropy</c>).</summary>
/// <param name="alpha">The weight of all classes, or of each; 0.25 if omitted.</param>
/// <param name="gamma">How strongly good predictions are discounted; 0 for not at all.</param>
/// <param name="fromLogits">Whether predictions are logits rather than probabilities.</param>
/// <param name="labelSmoothing">How far targets are drawn towards the uniform distribution, in [0, 1].</param>
/// <param name="axis">The axis of the classes.</param>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>-Σ alpha · (1 - yPred)^gamma · yTrue · ln(yPred) (Lin et al., 2018).</remarks>
/// <example><code>
/// new CategoricalFocalCrossentropy(gamma: 2).Apply(new float[,] { { 0, 1, 0 }, { 0, 0, 1 } }, new float[,] { { 0.05f, 0.95f, 0 }, { 0.1f, 0.8f, 0.1f } }); // 0.2332
/// </code></example>
public sealed class CategoricalFocalCrossentropy(
    Floats? alpha = null,
    double gamma = 2.0,
    bool fromLogits = false,
    double labelSmoothing = 0.0,
    int axis = -1,
    string? reduction = "sum_over_batch_size",
    string? name = "categorical_focal_crossentropy",
    DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <summary>The weight of all classes, or of each.</summary>
    public Floats Alpha { get; } = alpha ?? LossFunctions.FocalAlpha;

    /// <summary>How strongly good predictions are discounted.</summary>
    public double Gamma { get; } = gamma;

    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far targets are drawn towards the uniform distribution.</summary>
    public double LabelSmoothing { get; } = LossFunctions.CheckSmoothing(labelSmoothing);

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(yTrue, yPred);
        return LossFunctions.CategoricalFocalCrossentropy(yTrue, yPred, Alpha, Gamma, FromLogits, LabelSmoothing, Axis);
    }

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, Axis);

    internal override bool Accepts(Shape yTrue, Shape yPred) => yTrue.IsCompatibleWith(yPred);
}
