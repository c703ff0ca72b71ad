namespace NKeras.Layers;

/// <summary>The mean of the elements under a window that moves over images (<c>keras.layers.AveragePooling2D</c>).</summary>
/// <remarks>
/// Input (batch, rows, columns, channels), result (batch, new rows, new columns, channels); with <c>"channels_first"</c> the
/// channels are axis 1 of both.
/// </remarks>
/// <example><code>
/// Tensor x = RandomOps.Normal([4, 10, 10, 3]);
/// Tensor y = new AveragePooling2D(2).Apply(x); // [4, 5, 5, 3]
/// </code></example>
public sealed class AveragePooling2D : BasePooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="poolSize">The window's rows and columns: <c>2</c> or <c>(2, 3)</c>.</param>
    /// <param name="strides">The window's steps; its size if omitted.</param>
    /// <param name="padding"><c>"valid"</c> (none), or <c>"same"</c> for a result as large as the input (over the strides); padding does not count.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="name">The name; <c>average_pooling2d</c>, <c>average_pooling2d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A number is not positive, or a word is unknown.</exception>
    public AveragePooling2D(
        Ints2 poolSize,
        Ints2? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(max: false, [.. poolSize], strides?.ToArray(), padding, dataFormat, name, trainable, dtype)
    {
    }
}
