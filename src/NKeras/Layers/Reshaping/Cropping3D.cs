namespace NKeras.Layers;

/// <summary>Cuts off the ends of volumes (<c>keras.layers.Cropping3D</c>).</summary>
/// <remarks>
/// Input (batch, depth, rows, columns, channels), result (batch, new depth, new rows, new columns, channels); with
/// <c>"channels_first"</c> the channels are axis 1 of both.
/// </remarks>
/// <example><code>
/// Tensor x = Ops.Ones([2, 28, 28, 10, 3]);
/// Tensor y = new Cropping3D((2, 4, 2)).Apply(x); // [2, 24, 20, 6, 3]
/// </code></example>
public sealed class Cropping3D : BaseCropping
{
    /// <summary>Creates the layer.</summary>
    /// <param name="cropping">On each axis: <c>1</c> at all ends, <c>(1, 2, 3)</c> at both ends of each axis, or <c>((1, 0), (2, 3), (0, 1))</c> for each end; 1 if omitted.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="name">The name; <c>cropping3d</c>, <c>cropping3d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A number is negative, or the data format is unknown.</exception>
    public Cropping3D(
        Margins3? cropping = null,
        string? dataFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base([.. cropping ?? 1], dataFormat, name, trainable, dtype)
    {
        Cropping = cropping ?? 1;
        DataFormat = LayerArguments.DataFormat(this, dataFormat);
    }

    /// <summary>How many elements are cut off before and after each spatial axis.</summary>
    public Margins3 Cropping { get; }

    /// <summary>Where the channels are.</summary>
    public string DataFormat { get; }
}
