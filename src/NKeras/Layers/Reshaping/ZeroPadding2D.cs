namespace NKeras.Layers;

/// <summary>Zeros around images (<c>keras.layers.ZeroPadding2D</c>).</summary>
/// <remarks>
/// Input (batch, rows, columns, channels), result (batch, new rows, new columns, channels); with <c>"channels_first"</c> the
/// channels are axis 1 of both.
/// </remarks>
/// <example><code>
/// Tensor x = Ops.Ones([2, 3, 4, 1]);
/// Tensor y = new ZeroPadding2D(((1, 0), (2, 2))).Apply(x); // [2, 4, 8, 1]
/// </code></example>
public sealed class ZeroPadding2D : BaseZeroPadding
{
    /// <summary>Creates the layer.</summary>
    /// <param name="padding">Rows and columns: <c>1</c> on all sides, <c>(1, 2)</c> above and below, and left and right, or <c>((1, 0), (2, 3))</c> for each side; 1 if omitted.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="name">The name; <c>zero_padding2d</c>, <c>zero_padding2d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A number is negative, or the data format is unknown.</exception>
    public ZeroPadding2D(
        Margins2? padding = null,
        string? dataFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base([.. padding ?? 1], dataFormat, name, trainable, dtype)
    {
        Padding = padding ?? 1;
    }

    /// <summary>The numbers of zeros before and after each spatial axis.</summary>
    public Margins2 Padding { get; }
}
