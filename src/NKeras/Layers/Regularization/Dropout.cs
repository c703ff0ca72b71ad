namespace NKeras.Layers;

/// <summary>
/// In training, makes a random share of the elements zero and scales the others up by 1 / (1 - rate)
/// (<c>keras.layers.Dropout</c>; Srivastava et al., 2014). Any shape; the result has the input's.
/// </summary>
/// <example><code>
/// Tensor y = new Dropout(0.5, seed: 1).Apply(x, training: true);
/// </code></example>
public sealed class Dropout : BaseNoise
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The share of elements that become zero, from 0 to 1.</param>
    /// <param name="noiseShape">The shape in which elements are drawn, broadcast to the input's; null takes the input's dimension. The input's shape if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="name">The name; <c>dropout</c>, <c>dropout_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The rate is not between 0 and 1, or a dimension of the noise shape is not positive.</exception>
    public Dropout(double rate, Shape? noiseShape = null, int? seed = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(rate, seed, name, trainable, dtype, nameof(rate))
    {
        Rate = rate;
        NoiseShape = CheckNoiseShape(noiseShape);
    }

    /// <summary>The share of elements that become zero.</summary>
    public double Rate { get; }

    /// <summary>The shape in which elements are drawn, if it is not the input's.</summary>
    public Shape? NoiseShape { get; }

    private protected override bool TakesRagged => NoiseShape is null;

    private protected override Tensor Disturb(Tensor inputs, SeedGenerator seed) =>
        RandomOps.Dropout(inputs, Rate, NoiseShape is null ? null : NoiseShapeFor(inputs, NoiseShape), seed);
}
