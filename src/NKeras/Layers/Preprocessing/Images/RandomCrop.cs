namespace NKeras.Layers;

/// <summary>
/// In training, cuts a part out of images at a random place, the same for all images of a batch (<c>keras.layers.RandomCrop</c>). Smaller images are resized. Otherwise
/// images pass unchanged.
/// </summary>
/// <example><code>
/// KerasTensor inputs = new Input(shape: [null, null, 3]);
/// KerasTensor x = new RandomCrop(width: 128, height: 128).Apply(inputs);
/// </code></example>
public sealed class RandomCrop : BaseImagePreprocessingLayer
{
    private readonly SeedGenerator _generator;

    /// <summary>Creates the layer.</summary>
    /// <param name="height">The height of the result.</param>
    /// <param name="width">The width of the result.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="name">The name; <c>random_crop</c>, … if omitted.</param>
    /// <param name="boundingBoxFormat">How boxes are given, such as <c>"xyxy"</c>; needed for boxes only.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
    public RandomCrop(
        int height, int width, int? seed = null, string? dataFormat = null, string? name = null, string? boundingBoxFormat = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        (Height, Width) = (Positive(height, nameof(height)), Positive(width, nameof(width)));
        _generator = AddSeedGenerator(seed);
        Seed = seed ?? _generator.Seed;
    }

    /// <summary>The height of the result.</summary>
    public int Height { get; }

    /// <summary>The width of the result.</summary>
    public int Width { get; }

    /// <summary>The seed.</summary>
    // Keras: the only layer that keeps a seed of its own making in its configuration.
    public int? Seed { get; }

    // Keras: leaves labels and masks in their type.
    private protected override bool AutocastsInputs => false;

    /// <inheritdoc/>
    public override Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null)
    {
        if (!training) return null;
        (int height, int width) = SizeOf(ImagesOf(data));
        Tensors transformation = [];
        if (height > Height && width > Width)
        {
            transformation["top"] = Start(height - Height, seed ?? _generator);
            transformation["left"] = Start(width - Width, seed ?? _generator);
        }
        else
        {
            (int part, int across) = ImageWindow.Largest(height, width, Height, Width);
            (transformation["top"], transformation["left"]) = ((height - part) / 2, (width - across) / 2);
        }

        transformation["input_shape"] = InputShapeOf(data);
        return transformation;
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true) =>
        training && transformation != null ? Crop(Ops.Cast(images, ComputeDType), transformation, "bilinear") : images;

    /// <inheritdoc/>
    public override Tensor TransformSegmentationMasks(Tensor segmentationMasks, Tensors? transformation, bool training = true) =>
        training && transformation != null ? Crop(segmentationMasks, transformation, "nearest") : segmentationMasks;

    /// <inheritdoc/>
    // Keras: takes the first row off x and the first column off y, by mistake, and does not resize boxes with the image.
    public override Tensors TransformBoundingBoxes(Tensors boundingBoxes, Tensors? transformation, bool training = true)
    {
        if (!training || transformation == null) return boundingBoxes;
        (Tensor height, Tensor width) = SizeFor(transformation);
        Tensors corners = BoundingBoxes.Convert(Name, boundingBoxes, BoundingBoxFormat!, "xyxy", height, width);
        DType type = corners["boxes"].DType;
        Tensor top = Ops.Cast(transformation["top"], type), left = Ops.Cast(transformation["left"], type);
        // Where less than the result's size is left it is stretched to it.
        Tensor down = Height / Ops.Minimum(Ops.Cast(height, type) - top, (double)Height), right = Width / Ops.Minimum(Ops.Cast(width, type) - left, (double)Width);
        Tensor moved = BoundingBoxes.Join([.. BoundingBoxes.Split(corners["boxes"]).Select((n, i) => i % 2 == 0 ? (n - left) * right : (n - top) * down)]);
        Tensors clipped = BoundingBoxes.Clip(BoundingBoxes.With(corners, moved), Height, Width);
        return BoundingBoxes.Convert(Name, clipped, "xyxy", BoundingBoxFormat!, Height, Width);
    }

    private static Tensor Start(int most, RandomSeed seed) => Ops.Cast(RandomOps.Uniform(Shape.Scalar, 0, most + 1.0, seed: seed), DType.Int32);

    private Tensor Crop(Tensor x, Tensors transformation, string interpolation)
    {
        (int height, int width) = SizeOf(x);
        if (!x.Shape.IsKnown) return ImageWindow.Inferred(x, Resized(x.Shape, Height, Width));
        if (height > Height && width > Width)
        {
            Tensor[] starts = [.. Enumerable.Repeat<Tensor>(0, x.Rank)];
            (starts[x.Rank + HeightAxis], starts[x.Rank + WidthAxis]) = (transformation["top"], transformation["left"]);
            return Ops.Slice(x, StartIndices.Create(starts), Resized(x.Shape, Height, Width).Dims.ToArray());
        }

        (int part, int across) = ImageWindow.Largest(height, width, Height, Width);
        Tensor cut = ImageWindow.Cut(ImageWindow.Cut(x, HeightAxis, (height - part) / 2, Height), WidthAxis, (width - across) / 2, Width);
        return SizeOf(cut) == (Height, Width) ? cut : Ops.Resize(cut, (Height, Width), interpolation, dataFormat: DataFormat);
    }
}
