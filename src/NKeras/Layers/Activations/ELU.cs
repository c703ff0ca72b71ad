namespace NKeras.Layers;

/// <summary>
/// The exponential linear unit as a layer (<c>keras.layers.ELU</c>; Clevert et al., 2016): x where it is positive,
/// alpha · (exp(x) - 1) elsewhere. Any shape; the result has the input's.
/// </summary>
/// <example><code>
/// Tensor y = new ELU(alpha: 0.5).Apply(x);
/// </code></example>
public sealed class ELU : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="alpha">How far below zero the result can go.</param>
    /// <param name="name">The name; <c>elu</c>, <c>elu_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    public ELU(double alpha = 1.0, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        Alpha = alpha;
        SupportsMasking = true;
        Built = true;
    }

    /// <summary>How far below zero the result can go.</summary>
    public double Alpha { get; }

    private protected override bool TakesRagged => true;

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => Activations.Elu(inputs, Alpha);
}
