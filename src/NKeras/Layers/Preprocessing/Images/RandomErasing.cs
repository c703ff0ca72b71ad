namespace NKeras.Layers;

/// <summary>
/// In training, fills a box at a random place of images with noise or a number (<c>keras.layers.RandomErasing</c>; Zhong et al., 2017).
/// </summary>
/// <remarks>
/// Images (batch, height, width, channels), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are.
/// </remarks>
/// <example><code>
/// Tensor augmented = new RandomErasing(factor: 0.5, scale: (0.02, 0.33), valueRange: (0, 1)).Apply(images, training: true);
/// </code></example>
public sealed class RandomErasing : BaseImagePreprocessingLayer
{
    private readonly SeedGenerator _generator;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">How likely it is that an image gets a box: drawn for each image between the two numbers, or between 0 and the number given. 1 if omitted.</param>
    /// <param name="scale">
    /// How large boxes are: the square root of a number drawn between these two (or between 0 and the number given) is the share of the width, and of another one that of the
    /// height. (0.02, 0.33) if omitted.
    /// </param>
    /// <param name="fillValue">What boxes are filled with, one number or one for each of three channels; normally distributed noise if omitted.</param>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted. What boxes are filled with is cut off to it.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>random_erasing</c>, <c>random_erasing_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A number is out of range, there is not one fill value or three, or a format is unknown.</exception>
    public RandomErasing(
        Factor? factor = null,
        Factor? scale = null,
        Floats? fillValue = null,
        Factor? valueRange = null,
        int? seed = null,
        string? dataFormat = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        if (fillValue is { IsNumber: false, Count: not 3 })
            throw new ArgumentException($"Layer '{Name}': fillValue is a number, or a list of three; received a list of {fillValue.Count}.", nameof(fillValue));
        Factor = FactorWithin(factor ?? 1.0, 0, 1);
        Scale = FactorWithin(scale ?? (0.02, 0.33), 0, 1, nameof(scale));
        FillValue = fillValue;
        ValueRange = RangeOf(valueRange, sorted: false);
        Seed = seed;
        _generator = AddSeedGenerator(seed);
    }

    /// <summary>How likely it is that an image gets a box.</summary>
    public Factor Factor { get; }

    /// <summary>How large boxes are.</summary>
    public Factor Scale { get; }

    /// <summary>What boxes are filled with; null for noise.</summary>
    public Floats? FillValue { get; }

    /// <summary>The least and the greatest value of images.</summary>
    public Factor ValueRange { get; }

    /// <summary>The seed; null for one from the program's global sequence.</summary>
    public int? Seed { get; }

    /// <summary>Which images get a box, <c>apply_erasing</c> (batch), where, <c>batch_masks</c> (as the images), and with what in it, <c>fill_value</c>.</summary>
    /// <inheritdoc/>
    public override Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null)
    {
        if (!training) return null;
        seed ??= _generator;
        int batch = BatchSizeOf(data);
        (int height, int width) = SizeOf(ImagesOf(data));
        Shape images = new([batch, .. ImagesOf(data).Shape.Dims[^3..]]);
        Tensor sides = Ops.Sqrt(RandomOps.Uniform(new Shape([batch, 2]), Scale.First, Scale.Last, ComputeDType, seed));
        RandomBoxes boxes = RandomBoxes.Draw(width, height, sides[.., 0], sides[.., 1], seed);
        Tensor likely = RandomOps.Uniform(new Shape([batch]), Factor.First, Factor.Last, seed: seed);
        return new()
        {
            ["apply_erasing"] = RandomOps.Uniform(new Shape([batch]), seed: seed) < likely,
            ["batch_masks"] = boxes.Mask(images, HeightAxis, WidthAxis),
            ["fill_value"] = Ops.Clip(Fill(images, seed), ValueRange.First, ValueRange.Last),
        };
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true)
    {
        images = Ops.Cast(images, ComputeDType);
        if (!training || transformation is null) return images;
        Tensor erased = transformation["batch_masks"] & Ops.Reshape(transformation["apply_erasing"], [-1, 1, 1, 1]);
        return Ops.Where(erased, transformation["fill_value"], images);
    }

    private Tensor Fill(Shape images, RandomSeed seed)
    {
        if (FillValue is null) return RandomOps.Normal(images, dtype: ComputeDType, seed: seed) * ValueRange.Last;
        int[] dims = [1, 1, 1, 1];
        dims[images.Axis(ChannelAxis)] = FillValue.Count;
        return Ops.Cast(Tensor.From<double>([.. FillValue], new Shape(dims)), ComputeDType);
    }
}
