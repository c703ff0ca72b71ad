namespace NKeras.Layers;

/// <summary>Cuts off the ends of images (<c>keras.layers.Cropping2D</c>).</summary>
/// <remarks>
/// Input (batch, rows, columns, channels), result (batch, new rows, new columns, channels); with <c>"channels_first"</c> the
/// channels are axis 1 of both.
/// </remarks>
/// <example><code>
/// Tensor x = Ops.Ones([2, 28, 28, 3]);
/// Tensor y = new Cropping2D(((2, 2), (4, 4))).Apply(x); // [2, 24, 20, 3]
/// </code></example>
public sealed class Cropping2D : BaseCropping
{
    /// <summary>Creates the layer.</summary>
    /// <param name="cropping">Rows and columns: <c>1</c> on all sides, <c>(1, 2)</c> above and below, and left and right, or <c>((1, 0), (2, 3))</c> for each side; nothing if omitted.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="name">The name; <c>cropping2d</c>, <c>cropping2d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A number is negative, or the data format is unknown.</exception>
    public Cropping2D(
        Margins2? cropping = null,
        string? dataFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base([.. cropping ?? 0], dataFormat, name, trainable, dtype)
    {
        Cropping = cropping ?? 0;
        DataFormat = LayerArguments.DataFormat(this, dataFormat);
    }

    /// <summary>How many elements are cut off before and after each spatial axis.</summary>
    public Margins2 Cropping { get; }

    /// <summary>Where the channels are.</summary>
    public string DataFormat { get; }
}
