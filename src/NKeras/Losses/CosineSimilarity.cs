namespace NKeras.Losses;

/// <summary>The negative cosine of the angle between targets and predictions: -1 for one direction, 1 for opposite ones (<c>keras.losses.CosineSimilarity</c>).</summary>
/// <param name="axis">The axis along which the vectors lie.</param>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>-Σ yTrue · yPred / (‖yTrue‖ ‖yPred‖).</remarks>
/// <example><code>
/// new CosineSimilarity().Apply(new float[,] { { 0, 1 }, { 1, 1 } }, new float[,] { { 1, 0 }, { 1, 1 } }); // -0.5
/// </code></example>
public sealed class CosineSimilarity(
    int axis = -1,
    string? reduction = "sum_over_batch_size",
    string? name = "cosine_similarity",
    DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <summary>The axis along which the vectors lie.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) => LossFunctions.CosineSimilarity(yTrue, yPred, Axis);

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, Axis);

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
