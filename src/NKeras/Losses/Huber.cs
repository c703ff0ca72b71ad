namespace NKeras.Losses;

/// <summary>Squared differences up to a limit, absolute ones beyond, so that outliers weigh less (<c>keras.losses.Huber</c>).</summary>
/// <param name="delta">The difference at which the parabola goes over into a line.</param>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>mean of ½ error² where |error| ≤ delta, else of delta · |error| - ½ delta² (Huber, 1964).</remarks>
/// <example><code>
/// new Huber(delta: 0.5).Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 0.6f, 0.4f }, { 0.4f, 0.6f } }); // 0.1513
/// </code></example>
public sealed class Huber(
    double delta = 1.0,
    string? reduction = "sum_over_batch_size",
    string? name = "huber_loss",
    DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <summary>The difference at which the parabola goes over into a line.</summary>
    public double Delta { get; } = delta;

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) => LossFunctions.Huber(yTrue, yPred, Delta);

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, -1);

    internal override bool Accepts(Shape yTrue, Shape yPred) => TargetKind.IsElementwise(yTrue, yPred);
}
