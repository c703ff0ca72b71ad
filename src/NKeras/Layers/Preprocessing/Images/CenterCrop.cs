namespace NKeras.Layers;

/// <summary>
/// Cuts the middle out of images (<c>keras.layers.CenterCrop</c>). Of smaller images the largest part with the right proportions is resized.
/// </summary>
/// <example><code>
/// Tensor middle = new CenterCrop(height: 128, width: 128).Apply(images);
/// </code></example>
public sealed class CenterCrop : BaseImagePreprocessingLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="height">The height of the result.</param>
    /// <param name="width">The width of the result.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How boxes are given, such as <c>"xyxy"</c>; needed for boxes only.</param>
    /// <param name="name">The name; <c>center_crop</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
    public CenterCrop(int height, int width, string? dataFormat = null, string? boundingBoxFormat = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype) => (Height, Width) = (Positive(height, nameof(height)), Positive(width, nameof(width)));

    /// <summary>The height of the result.</summary>
    public int Height { get; }

    /// <summary>The width of the result.</summary>
    public int Width { get; }

    /// <inheritdoc/>
    public override Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null)
    {
        Tensors transformation = [];
        transformation["input_shape"] = InputShapeOf(data);
        return transformation;
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true) => Crop(Ops.Cast(images, ComputeDType), "bilinear");

    /// <inheritdoc/>
    public override Tensor TransformSegmentationMasks(Tensor segmentationMasks, Tensors? transformation, bool training = true) => Crop(segmentationMasks, "nearest");

    /// <inheritdoc/>
    public override Tensors TransformBoundingBoxes(Tensors boundingBoxes, Tensors? transformation, bool training = true)
    {
        (Tensor height, Tensor width) = SizeFor(transformation!);
        Tensors corners = BoundingBoxes.Convert(Name, boundingBoxes, BoundingBoxFormat!, "xyxy", height, width);
        int[] shape = [.. transformation!["input_shape"].ToArray<int>()];
        (int rows, int columns) = (shape[^-HeightAxis], shape[^-WidthAxis]);
        bool fits = rows >= Height && columns >= Width;
        (int part, int across) = fits ? (Height, Width) : ImageWindow.Largest(rows, columns, Height, Width);
        (int top, int left) = ((rows - part) / 2, (columns - across) / 2);
        double down = Height / (double)part, right = Width / (double)across;
        Tensor[] c = BoundingBoxes.Split(corners["boxes"]);
        Tensor moved = BoundingBoxes.Join([.. c.Select((n, i) => i % 2 == 0 ? (Ops.Clip(n, left, left + across) - left) * right : (Ops.Clip(n, top, top + part) - top) * down)]);
        Tensors clipped = BoundingBoxes.Clip(BoundingBoxes.With(corners, moved), Height, Width);
        return BoundingBoxes.Convert(Name, clipped, "xyxy", BoundingBoxFormat!, Height, Width);
    }

    private Tensor Crop(Tensor x, string interpolation)
    {
        (int height, int width) = SizeOf(x);
        if (height < 0 || width < 0) return ImageWindow.Inferred(x, Resized(x.Shape, Height, Width));
        return height >= Height && width >= Width
            ? ImageWindow.Cut(ImageWindow.Cut(x, HeightAxis, (height - Height) / 2, Height), WidthAxis, (width - Width) / 2, Width)
            : Ops.Resize(x, (Height, Width), interpolation, cropToAspectRatio: true, dataFormat: DataFormat);
    }
}
