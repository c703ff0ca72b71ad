namespace NKeras.Layers;

/// <summary>
/// Dropout of whole channels of sequences: in training, a channel of a sample becomes zero at all steps, or at none
/// (<c>keras.layers.SpatialDropout1D</c>; Tompson et al., 2014).
/// </summary>
/// <remarks>Input (batch, steps, channels), result the same.</remarks>
/// <example><code>
/// Tensor y = new SpatialDropout1D(0.5, seed: 1).Apply(sequences, training: true);
/// </code></example>
public sealed class SpatialDropout1D : BaseSpatialDropout
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The share of channels that become zero, from 0 to 1.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="name">The name; <c>spatial_dropout1d</c>, <c>spatial_dropout1d_1</c>, … if omitted.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not between 0 and 1.</exception>
    public SpatialDropout1D(double rate, int? seed = null, string? name = null, DTypePolicy? dtype = null)
        : base(rate, seed, name, dtype, rank: 3)
    {
    }
}
