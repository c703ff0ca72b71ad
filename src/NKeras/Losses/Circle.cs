namespace NKeras.Losses;

/// <summary>Draws embeddings of one class together and others apart, those furthest from where they belong the most (<c>keras.losses.Circle</c>).</summary>
/// <param name="gamma">The scale of the similarities.</param>
/// <param name="margin">How much room similarities get: those within a class aim at 1 - margin, others at margin.</param>
/// <param name="removeDiagonal">Whether no embedding is compared with itself.</param>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <remarks>softplus(ln Σ exp over other classes + ln Σ exp over the same class) of weighted similarities (Sun et al., 2020).</remarks>
/// <example><code>
/// new Circle(gamma: 4).Apply(new int[] { 0, 0, 1 }, new float[,] { { 0.6f, 0.8f }, { 0.8f, 0.6f }, { -0.6f, 0.8f } }); // 0.2854
/// </code></example>
public sealed class Circle(
    double gamma = 80.0,
    double margin = 0.4,
    bool removeDiagonal = true,
    string? reduction = "sum_over_batch_size",
    string? name = "circle",
    DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <summary>The scale of the similarities.</summary>
    public double Gamma { get; } = gamma;

    /// <summary>How much room similarities get.</summary>
    public double Margin { get; } = margin;

    /// <summary>Whether no embedding is compared with itself.</summary>
    public bool RemoveDiagonal { get; } = removeDiagonal;

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) =>
        LossFunctions.Circle(yTrue, yPred, removeDiagonal: RemoveDiagonal, gamma: Gamma, margin: Margin);

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, -1);

    internal override bool Accepts(Shape yTrue, Shape yPred) =>
        yPred.Rank == 2 && (TargetKind.Without(yPred, -1).IsCompatibleWith(yTrue) || yPred.With(-1, 1).IsCompatibleWith(yTrue));
}
