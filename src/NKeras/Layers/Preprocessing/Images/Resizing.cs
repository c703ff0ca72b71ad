namespace NKeras.Layers;

/// <summary>Resizes images (<c>keras.layers.Resizing</c>). The type stays: integers are rounded.</summary>
/// <example><code>
/// Tensor resized = new Resizing(height: 224, width: 224, cropToAspectRatio: true).Apply(images);
/// </code></example>
public sealed class Resizing : BaseImagePreprocessingLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="height">The height of the result.</param>
    /// <param name="width">The width of the result.</param>
    /// <param name="interpolation"><c>"bilinear"</c>, <c>"nearest"</c>, <c>"bicubic"</c>, <c>"lanczos3"</c> or <c>"lanczos5"</c>.</param>
    /// <param name="cropToAspectRatio">Cuts off borders, so that proportions stay.</param>
    /// <param name="padToAspectRatio">Adds borders, so that proportions stay.</param>
    /// <param name="fillMode">How added borders are filled: only <c>"constant"</c>.</param>
    /// <param name="fillValue">The number in added borders.</param>
    /// <param name="antialias">Whether an image that becomes smaller is smoothed, so that no pixel is passed over.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How boxes are given, such as <c>"xyxy"</c>; needed for boxes only.</param>
    /// <param name="name">The name; <c>resizing</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The size is not positive, an argument is unknown, or images would be both cut and padded.</exception>
    public Resizing(
        int height, int width, string interpolation = "bilinear", bool cropToAspectRatio = false, bool padToAspectRatio = false, string fillMode = "constant", double fillValue = 0.0,
        bool antialias = false, string? dataFormat = null, string? boundingBoxFormat = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        (Height, Width) = (Positive(height, nameof(height)), Positive(width, nameof(width)));
        Interpolation = LayerArguments.OneOf(this, ["nearest", .. Resampling.Methods], interpolation);
        FillMode = LayerArguments.OneOf(this, ["constant"], fillMode);
        if (cropToAspectRatio && padToAspectRatio) throw new ArgumentException($"Layer '{Name}': only one of cropToAspectRatio and padToAspectRatio can be true.", nameof(padToAspectRatio));
        (CropToAspectRatio, PadToAspectRatio, FillValue, Antialias) = (cropToAspectRatio, padToAspectRatio, fillValue, antialias);
    }

    /// <summary>The height of the result.</summary>
    public int Height { get; }

    /// <summary>The width of the result.</summary>
    public int Width { get; }

    /// <summary>What is between pixels.</summary>
    public string Interpolation { get; }

    /// <summary>Whether borders are cut off, so that proportions stay.</summary>
    public bool CropToAspectRatio { get; }

    /// <summary>Whether borders are added, so that proportions stay.</summary>
    public bool PadToAspectRatio { get; }

    /// <summary>How added borders are filled.</summary>
    public string FillMode { get; }

    /// <summary>The number in added borders.</summary>
    public double FillValue { get; }

    /// <summary>Whether an image that becomes smaller is smoothed.</summary>
    public bool Antialias { get; }

    /// <inheritdoc/>
    public override Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null)
    {
        Tensors transformation = [];
        transformation["input_shape"] = InputShapeOf(data);
        return transformation;
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true) => Resize(images, Interpolation);

    /// <inheritdoc/>
    public override Tensor TransformSegmentationMasks(Tensor segmentationMasks, Tensors? transformation, bool training = true) => Resize(segmentationMasks, "nearest");

    /// <inheritdoc/>
    public override Tensors TransformBoundingBoxes(Tensors boundingBoxes, Tensors? transformation, bool training = true)
    {
        (Tensor height, Tensor width) = SizeFor(transformation!);
        Tensor given = boundingBoxes["boxes"];
        // Boxes that only fill up a row stay what they are.
        Tensor isNone = Ops.LogicalOr(Ops.All(Ops.Equal(given, -1.0), axis: -1, keepdims: true), Ops.All(Ops.Equal(given, 0.0), axis: -1, keepdims: true));
        Tensors corners = BoundingBoxes.Convert(Name, boundingBoxes, BoundingBoxFormat!, "xyxy", height, width);
        Tensor[] c = BoundingBoxes.Split(corners["boxes"]);
        (Tensor right, Tensor down, Tensor left, Tensor top) = Scale(Ops.Cast(height, c[0].DType), Ops.Cast(width, c[0].DType));
        Tensor moved = BoundingBoxes.Join([.. c.Select((n, i) => i % 2 == 0 ? (n * right) + left : (n * down) + top)]);
        Tensors clipped = BoundingBoxes.Clip(BoundingBoxes.With(corners, moved), Height, Width);
        Tensors kept = BoundingBoxes.With(clipped, Ops.Where(isNone, Ops.ZerosLike(moved), clipped["boxes"]));
        return BoundingBoxes.Convert(Name, kept, "xyxy", BoundingBoxFormat!, Height, Width);
    }

    /// <summary>By what places are multiplied, and what is added then.</summary>
    private (Tensor Right, Tensor Down, Tensor Left, Tensor Top) Scale(Tensor height, Tensor width)
    {
        Tensor right = Width / width, down = Height / height;
        if (PadToAspectRatio)
        {
            Tensor least = Ops.Minimum(right, down);
            return (least, least, Ops.FloorDivide(Width - (width * least), 2.0), Ops.FloorDivide(Height - (height * least), 2.0));
        }

        if (!CropToAspectRatio) return (right, down, 0.0, 0.0);
        Tensor most = Ops.Maximum(right, down);
        return (most, most, -Ops.FloorDivide((width * most) - Width, 2.0), -Ops.FloorDivide((height * most) - Height, 2.0));
    }

    private Tensor Resize(Tensor x, string interpolation) =>
        Ops.Resize(x, (Height, Width), interpolation, Antialias, CropToAspectRatio, PadToAspectRatio, FillMode, FillValue, DataFormat);
}
