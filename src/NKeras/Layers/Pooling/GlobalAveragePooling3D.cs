namespace NKeras.Layers;

/// <summary>The mean of each channel of a volume (<c>keras.layers.GlobalAveragePooling3D</c>).</summary>
/// <remarks>
/// Input (batch, depth, rows, columns, channels), or (batch, channels, depth, rows, columns) with <c>"channels_first"</c>;
/// result (batch, channels), with dimensions of one in place of the spatial axes if they are kept.
/// </remarks>
/// <example><code>
/// Tensor x = RandomOps.Normal([2, 4, 5, 4, 3]);
/// Tensor y = new GlobalAveragePooling3D().Apply(x); // [2, 3]
/// </code></example>
public sealed class GlobalAveragePooling3D : BaseGlobalPooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="keepdims">Whether the spatial axes stay, with dimension one.</param>
    /// <param name="name">The name; <c>global_average_pooling3d</c>, <c>global_average_pooling3d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The data format is unknown.</exception>
    public GlobalAveragePooling3D(
        string? dataFormat = null,
        bool keepdims = false,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(3, dataFormat, keepdims, name, trainable, dtype)
    {
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => Ops.Mean(inputs, PositionAxes, Keepdims);
}
