namespace NKeras.Losses;

/// <summary>Cross-entropy of yes-or-no targets in which what is already predicted well counts less (<c>keras.losses.BinaryFocalCrossentropy</c>).</summary>
/// <param name="applyClassBalancing">Whether the two classes are weighted by <paramref name="alpha"/>.</param>
/// <param name="alpha">The weight of class 1; that of class 0 is 1 - alpha.</param>
/// <param name="gamma">How strongly good predictions are discounted; 0 for not at all.</param>
/// <param name="fromLogits">Whether predictions are logits, in (-∞, ∞), rather than probabilities.</param>
/// <param name="labelSmoothing">How far targets are drawn towards one half, in [0, 1].</param>
/// <param name="axis">The axis whose elements are averaged.</param>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>mean((1 - p)^gamma · cross-entropy), where p is the probability of the target (Lin et al., 2018).</remarks>
/// <example><code>
/// new BinaryFocalCrossentropy(gamma: 2).Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 0.6f, 0.4f }, { 0.4f, 0.6f } }); // 0.2678
/// </code></example>
public sealed class BinaryFocalCrossentropy(
    bool applyClassBalancing = false,
    double alpha = 0.25,
    double gamma = 2.0,
    bool fromLogits = false,
    double labelSmoothing = 0.0,
    int axis = -1,
    string? reduction = "sum_over_batch_size",
    string? name = "binary_focal_crossentropy",
    DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <summary>Whether the two classes are weighted by <see cref="Alpha"/>.</summary>
    public bool ApplyClassBalancing { get; } = applyClassBalancing;

    /// <summary>The weight of class 1.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>How strongly good predictions are discounted.</summary>
    public double Gamma { get; } = gamma;

    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far targets are drawn towards one half.</summary>
    public double LabelSmoothing { get; } = LossFunctions.CheckSmoothing(labelSmoothing);

    /// <summary>The axis whose elements are averaged.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(yTrue, yPred);
        return LossFunctions.BinaryFocalCrossentropy(yTrue, yPred, ApplyClassBalancing, Alpha, Gamma, FromLogits, LabelSmoothing, Axis);
    }

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, Axis);

    internal override bool TakesProbabilities => true;

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
