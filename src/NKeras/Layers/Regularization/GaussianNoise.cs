namespace NKeras.Layers;

/// <summary>
/// In training, adds a normal random number of mean 0 to each element (<c>keras.layers.GaussianNoise</c>). Any shape; the result
/// has the input's.
/// </summary>
/// <example><code>
/// Tensor y = new GaussianNoise(0.1, seed: 1).Apply(x, training: true);
/// </code></example>
public sealed class GaussianNoise : BaseNoise
{
    /// <summary>Creates the layer.</summary>
    /// <param name="stddev">The standard deviation of the noise, from 0 to 1.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="name">The name; <c>gaussian_noise</c>, <c>gaussian_noise_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is not between 0 and 1.</exception>
    public GaussianNoise(double stddev, int? seed = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(stddev, seed, name, trainable, dtype, nameof(stddev)) => Stddev = stddev;

    /// <summary>The standard deviation of the noise.</summary>
    public double Stddev { get; }

    private protected override Tensor Disturb(Tensor inputs, SeedGenerator seed) => Ops.Add(inputs, RandomOps.Normal(inputs.Shape, 0.0, Stddev, ComputeDType, seed));
}
