namespace NKeras.Layers;

/// <summary>Makes images larger by whole factors (<c>keras.layers.UpSampling2D</c>).</summary>
/// <remarks>
/// Input (batch, rows, columns, channels), result (batch, rows · size, columns · size, channels); with <c>"channels_first"</c> the
/// channels are axis 1 of both.
/// </remarks>
/// <example><code>
/// Tensor x = RandomOps.Normal([2, 4, 5, 3]);
/// Tensor y = new UpSampling2D((1, 2), interpolation: "bilinear").Apply(x); // [2, 4, 10, 3]
/// </code></example>
public sealed class UpSampling2D : Layer
{
    private static readonly string[] s_interpolations = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"];

    /// <summary>Creates the layer.</summary>
    /// <param name="size">The factors for rows and columns: <c>2</c> or <c>(2, 3)</c>; 2 if omitted.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="interpolation"><c>"nearest"</c>, which repeats elements, <c>"bilinear"</c>, <c>"bicubic"</c>, <c>"lanczos3"</c> or <c>"lanczos5"</c>.</param>
    /// <param name="name">The name; <c>up_sampling2d</c>, <c>up_sampling2d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A factor is not positive, or a word is unknown.</exception>
    public UpSampling2D(
        Ints2? size = null,
        string? dataFormat = null,
        string interpolation = "nearest",
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        Size = size ?? 2;
        LayerArguments.Positive(this, Size.ToArray(), argument: nameof(size));
        DataFormat = LayerArguments.DataFormat(this, dataFormat);
        Interpolation = LayerArguments.OneOf(this, s_interpolations, interpolation);
        InputSpec = new InputSpec(ndim: 4);
    }

    /// <summary>The factors for rows and columns.</summary>
    public Ints2 Size { get; }

    /// <summary>Where the channels are.</summary>
    public string DataFormat { get; }

    /// <summary>How elements in between are found.</summary>
    public string Interpolation { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        int rows = DataFormat == "channels_first" ? 2 : 1, columns = rows + 1;
        // Only repetition has a meaning while rows or columns are unknown, and gives the same shape.
        if (Interpolation == "nearest" || inputs.Shape[rows] is not { } height || inputs.Shape[columns] is not { } width)
            return Ops.Repeat(Ops.Repeat(inputs, Size.First, rows), Size.Second, columns);
        return Ops.Resize(inputs, (checked(height * Size.First), checked(width * Size.Second)), Interpolation, dataFormat: DataFormat);
    }
}
