namespace NKeras.Layers;

/// <summary>
/// A rectified linear unit with a slope for negative numbers, too (<c>keras.layers.LeakyReLU</c>). Any shape; the result has
/// the input's.
/// </summary>
/// <example><code>
/// Tensor y = new LeakyReLU(negativeSlope: 0.5).Apply(new float[] { -10, 0, 5 }); // [-5, 0, 5]
/// </code></example>
public sealed class LeakyReLU : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="negativeSlope">The slope for negative numbers, not negative.</param>
    /// <param name="name">The name; <c>leaky_re_lu</c>, <c>leaky_re_lu_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is negative.</exception>
    public LeakyReLU(double negativeSlope = 0.3, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        NegativeSlope = LayerArguments.NotNegative(this, negativeSlope);
        SupportsMasking = true;
        Built = true;
    }

    /// <summary>The slope for negative numbers.</summary>
    public double NegativeSlope { get; }

    private protected override bool TakesRagged => true;

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => Activations.LeakyRelu(inputs, NegativeSlope);
}
