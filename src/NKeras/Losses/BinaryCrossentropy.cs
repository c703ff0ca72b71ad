namespace NKeras.Losses;

/// <summary>Cross-entropy of independent yes-or-no targets and the predicted probabilities of yes (<c>keras.losses.BinaryCrossentropy</c>).</summary>
/// <param name="fromLogits">Whether predictions are logits, in (-∞, ∞), rather than probabilities.</param>
/// <param name="labelSmoothing">How far targets are drawn towards one half, in [0, 1].</param>
/// <param name="axis">The axis whose elements are averaged.</param>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>-mean(yTrue · ln(yPred) + (1 - yTrue) · ln(1 - yPred)).</remarks>
/// <example><code>
/// new BinaryCrossentropy(fromLogits: true).Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { -18.6f, 0.51f }, { 2.94f, -12.8f } }); // 0.8655
/// </code></example>
public sealed class BinaryCrossentropy(
    bool fromLogits = false,
    double labelSmoothing = 0.0,
    int axis = -1,
    string? reduction = "sum_over_batch_size",
    string? name = "binary_crossentropy",
    DType? dtype = null)
    : Loss(name, reduction, dtype)
{
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
        return LossFunctions.BinaryCrossentropy(yTrue, yPred, FromLogits, LabelSmoothing, Axis);
    }

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, Axis);

    internal override bool TakesProbabilities => true;

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
