namespace NKeras.Layers;

/// <summary>
/// In training, sets a random share of the elements to the least value of the scaled exponential linear unit, and scales and shifts
/// all of them so that mean and variance stay (<c>keras.layers.AlphaDropout</c>; Klambauer et al., 2017). It goes with <c>"selu"</c>.
/// Any shape; the result has the input's.
/// </summary>
/// <example><code>
/// Tensor y = new AlphaDropout(0.1, seed: 1).Apply(x, training: true);
/// </code></example>
public sealed class AlphaDropout : BaseNoise
{
    /// <summary>The limit of selu towards minus infinity.</summary>
    private const double LeastSelu = -1.6732632423543772848170429916717 * 1.0507009873554804934193349852946;

    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The share of elements that are set, from 0 to 1.</param>
    /// <param name="noiseShape">The shape in which elements are drawn, broadcast to the input's; null takes the input's dimension. The input's shape if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="name">The name; <c>alpha_dropout</c>, <c>alpha_dropout_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The rate is not between 0 and 1, or a dimension of the noise shape is not positive.</exception>
    public AlphaDropout(double rate, Shape? noiseShape = null, int? seed = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(rate, seed, name, trainable, dtype, nameof(rate))
    {
        Rate = rate;
        NoiseShape = CheckNoiseShape(noiseShape);
    }

    /// <summary>The share of elements that are set.</summary>
    public double Rate { get; }

    /// <summary>The shape in which elements are drawn, if it is not the input's.</summary>
    public Shape? NoiseShape { get; }

    private protected override Tensor Disturb(Tensor inputs, SeedGenerator seed)
    {
        RefuseAll();
        Tensor kept = Ops.GreaterEqual(RandomOps.Uniform(NoiseShapeFor(inputs, NoiseShape), seed: seed), Rate);
        double scale = 1 / Math.Sqrt((1 - Rate) * (1 + (Rate * LeastSelu * LeastSelu)));
        return Ops.Subtract(Ops.Multiply(Ops.Where(kept, inputs, LeastSelu), scale), scale * LeastSelu * Rate);
    }
}
