namespace NKeras.Layers;

/// <summary>The greatest element of each channel of an image (<c>keras.layers.GlobalMaxPooling2D</c>).</summary>
/// <remarks>
/// Input (batch, rows, columns, channels), or (batch, channels, rows, columns) with <c>"channels_first"</c>; result
/// (batch, channels), with dimensions of one in place of rows and columns if they are kept.
/// </remarks>
public sealed class GlobalMaxPooling2D : BaseGlobalPooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="keepdims">Whether rows and columns stay, with dimension one.</param>
    /// <param name="name">The name; <c>global_max_pooling2d</c>, <c>global_max_pooling2d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The data format is unknown.</exception>
    public GlobalMaxPooling2D(string? dataFormat = null, bool keepdims = false, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(2, dataFormat, keepdims, name, trainable, dtype)
    {
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => Ops.Max(inputs, PositionAxes, Keepdims);
}
