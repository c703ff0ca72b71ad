namespace NKeras.Layers;

/// <summary>
/// Dropout of whole channels of images: in training, a channel of a sample becomes zero at all positions, or at none
/// (<c>keras.layers.SpatialDropout2D</c>; Tompson et al., 2014).
/// </summary>
/// <remarks>Input (batch, rows, columns, channels), or (batch, channels, rows, columns); the result has the same shape.</remarks>
/// <example><code>
/// Tensor y = new SpatialDropout2D(0.5, seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class SpatialDropout2D : BaseSpatialDropout
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The share of channels that become zero, from 0 to 1.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="name">The name; <c>spatial_dropout2d</c>, <c>spatial_dropout2d_1</c>, … if omitted.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The rate is not between 0 and 1, or the format is unknown.</exception>
    public SpatialDropout2D(double rate, string? dataFormat = null, int? seed = null, string? name = null, DTypePolicy? dtype = null)
        : base(rate, seed, name, dtype, rank: 4) => DataFormat = LayerArguments.DataFormat(this, dataFormat);

    /// <summary>Where the channels are.</summary>
    public string DataFormat { get; }

    private protected override int ChannelAxis => DataFormat == "channels_first" ? 1 : -1;
}
