namespace NKeras.Layers;

/// <summary>Repeats the elements of volumes along each axis (<c>keras.layers.UpSampling3D</c>).</summary>
/// <remarks>
/// Input (batch, depth, rows, columns, channels), result (batch, depth · size, rows · size, columns · size, channels); with
/// <c>"channels_first"</c> the channels are axis 1 of both.
/// </remarks>
/// <example><code>
/// Tensor x = Ops.Ones([2, 1, 2, 1, 3]);
/// Tensor y = new UpSampling3D((2, 2, 3)).Apply(x); // [2, 2, 4, 3, 3]
/// </code></example>
public sealed class UpSampling3D : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="size">The factors for depth, rows and columns: <c>2</c> or <c>(2, 3, 3)</c>; 2 if omitted.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="name">The name; <c>up_sampling3d</c>, <c>up_sampling3d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A factor is not positive, or the data format is unknown.</exception>
    public UpSampling3D(Ints3? size = null, string? dataFormat = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        Size = size ?? 2;
        LayerArguments.Positive(this, Size.ToArray(), argument: nameof(size));
        DataFormat = LayerArguments.DataFormat(this, dataFormat);
        InputSpec = new InputSpec(ndim: 5);
    }

    /// <summary>The factors for depth, rows and columns.</summary>
    public Ints3 Size { get; }

    /// <summary>Where the channels are.</summary>
    public string DataFormat { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        int axis = DataFormat == "channels_first" ? 2 : 1;
        foreach (int times in Size) inputs = Ops.Repeat(inputs, times, axis++);
        return inputs;
    }
}
