namespace NKeras.Layers;

/// <summary>
/// In training, multiplies each element by a normal random number of mean 1 and standard deviation √(rate / (1 - rate))
/// (<c>keras.layers.GaussianDropout</c>; Srivastava et al., 2014). Any shape; the result has the input's.
/// </summary>
/// <example><code>
/// Tensor y = new GaussianDropout(0.5, seed: 1).Apply(x, training: true);
/// </code></example>
public sealed class GaussianDropout : BaseNoise
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The amount of noise, from 0 to 1, as with <see cref="Dropout"/>.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="name">The name; <c>gaussian_dropout</c>, <c>gaussian_dropout_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not between 0 and 1.</exception>
    public GaussianDropout(double rate, int? seed = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(rate, seed, name, trainable, dtype, nameof(rate)) => Rate = rate;

    /// <summary>The amount of noise.</summary>
    public double Rate { get; }

    private protected override Tensor Disturb(Tensor inputs, SeedGenerator seed)
    {
        RefuseAll();
        return Ops.Multiply(inputs, RandomOps.Normal(inputs.Shape, 1.0, Math.Sqrt(Rate / (1 - Rate)), ComputeDType, seed));
    }
}
