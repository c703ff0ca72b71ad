namespace NKeras.Layers;

/// <summary>Zeros around volumes (<c>keras.layers.ZeroPadding3D</c>).</summary>
/// <remarks>
/// Input (batch, depth, rows, columns, channels), result (batch, new depth, new rows, new columns, channels); with
/// <c>"channels_first"</c> the channels are axis 1 of both.
/// </remarks>
/// <example><code>
/// Tensor x = Ops.Ones([2, 3, 4, 5, 1]);
/// Tensor y = new ZeroPadding3D((1, 0, 2)).Apply(x); // [2, 5, 4, 9, 1]
/// </code></example>
public sealed class ZeroPadding3D : BaseZeroPadding
{
    /// <summary>Creates the layer.</summary>
    /// <param name="padding">On each axis: <c>1</c> at all ends, <c>(1, 2, 3)</c> at both ends of each axis, or <c>((1, 0), (2, 3), (0, 1))</c> for each end; 1 if omitted.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="name">The name; <c>zero_padding3d</c>, <c>zero_padding3d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A number is negative, or the data format is unknown.</exception>
    public ZeroPadding3D(
        Margins3? padding = null,
        string? dataFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base([.. padding ?? 1], dataFormat, name, trainable, dtype)
    {
        Padding = padding ?? 1;
    }

    /// <summary>The numbers of zeros before and after each spatial axis.</summary>
    public Margins3 Padding { get; }
}
