namespace NKeras.Layers;

/// <summary>Zeros around sequences (<c>keras.layers.ZeroPadding1D</c>).</summary>
/// <remarks>
/// Input (batch, steps, channels), result (batch, new steps, channels); with <c>"channels_first"</c> the channels are axis 1 of
/// both.
/// </remarks>
/// <example><code>
/// Tensor x = Ops.Ones([2, 3, 4]);
/// Tensor y = new ZeroPadding1D((1, 2)).Apply(x); // [2, 6, 4]
/// </code></example>
public sealed class ZeroPadding1D : BaseZeroPadding
{
    /// <summary>Creates the layer.</summary>
    /// <param name="padding">Before and after the steps: <c>1</c> for both, or <c>(1, 2)</c>; 1 if omitted.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="name">The name; <c>zero_padding1d</c>, <c>zero_padding1d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A number is negative, or the data format is unknown.</exception>
    public ZeroPadding1D(
        Ints2? padding = null,
        string? dataFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base([padding ?? 1], dataFormat, name, trainable, dtype)
    {
        Padding = padding ?? 1;
    }

    /// <summary>The numbers of zeros before and after the steps.</summary>
    public Ints2 Padding { get; }
}
