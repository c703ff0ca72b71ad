namespace NKeras.Layers;

/// <summary>
/// In training, applies some layers to images, one after the other, chosen at random from eleven: shear, translation, rotation, brightness, color degeneration, contrast, sharpness,
/// solarization, posterization, auto-contrast and equalization (<c>keras.layers.RandAugment</c>; Cubuk et al., 2019).
/// </summary>
/// <remarks>
/// Images (batch, height, width, 3), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape. All images of a batch
/// go through the same layers. Bounding boxes and segmentation masks are moved with the image.
/// </remarks>
/// <example><code>
/// Tensor augmented = new RandAugment(valueRange: (0, 1), numOps: 2, factor: 0.3).Apply(images, training: true);
/// </code></example>
public sealed class RandAugment : BaseImagePreprocessingLayer
{
    private const string Transforms = "transforms", Indices = "layer_idxes";

    private readonly SeedGenerator _generator;
    private readonly BaseImagePreprocessingLayer[] _augmentations;

    /// <summary>Creates the layer.</summary>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="numOps">How many layers are applied.</param>
    /// <param name="factor">How strong the changes are, from 0 to 1: drawn between the two numbers, or between 0 and the number given. 0.5 if omitted.</param>
    /// <param name="interpolation">How pixels that are moved are looked up: <c>"nearest"</c> or <c>"bilinear"</c>.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>rand_augment</c>, <c>rand_augment_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A number is out of range, or an interpolation or format is unknown.</exception>
    public RandAugment(
        Factor? valueRange = null,
        int numOps = 2,
        Factor? factor = null,
        string interpolation = "bilinear",
        int? seed = null,
        string? dataFormat = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        ValueRange = RangeOf(valueRange, sorted: false);
        NumOps = (int)LayerArguments.NotNegative(this, numOps, nameof(numOps));
        Factor = FactorWithin(factor ?? 0.5, 0, 1);
        Interpolation = interpolation;
        Seed = seed;
        _generator = AddSeedGenerator(seed);
        _augmentations = Augmentations.Make(Augmentations.OfRandAugment, new(Factor, ValueRange, interpolation, seed, dataFormat, boundingBoxFormat, name, trainable, dtype));
    }

    /// <summary>The least and the greatest value of images.</summary>
    public Factor ValueRange { get; }

    /// <summary>How many layers are applied.</summary>
    public int NumOps { get; }

    /// <summary>How strong the changes are.</summary>
    public Factor Factor { get; }

    /// <summary>How pixels that are moved are looked up.</summary>
    public string Interpolation { get; }

    /// <summary>The seed; null for one from the program's global sequence.</summary>
    public int? Seed { get; }

    /// <summary>Which layers are applied, <c>layer_idxes</c> (numOps), and the transformation of each that there is, as <c>transforms/random_shear/…</c>.</summary>
    /// <inheritdoc/>
    public override Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null)
    {
        if (!training) return null;
        Augmentations.CheckChannels(Name, _augmentations, ImagesOf(data), ChannelAxis);
        seed ??= _generator;
        Tensors drawn = new() { [Indices] = RandomOps.Randint([NumOps], 0, _augmentations.Length, seed: seed) };
        Augmentations.Draw(_augmentations, drawn, Transforms, data, seed);
        return drawn;
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true) =>
        Applied(Ops.Cast(images, ComputeDType), training ? transformation : null, (l, x, t) => l.TransformImages(x[0], t))[0];

    /// <summary>Boxes go through the same layers as the images, in the same order.</summary>
    /// <inheritdoc/>
    // Keras: lets them go through the layers in the order of the list, and once only through a layer that was chosen twice.
    public override Tensors TransformBoundingBoxes(Tensors boundingBoxes, Tensors? transformation, bool training = true) =>
        Applied(boundingBoxes, training ? transformation : null, (l, x, t) => l.TransformBoundingBoxes(x, t));

    /// <inheritdoc/>
    public override Tensor TransformSegmentationMasks(Tensor segmentationMasks, Tensors? transformation, bool training = true) =>
        Applied(segmentationMasks, training ? transformation : null, (l, x, t) => l.TransformSegmentationMasks(x[0], t))[0];

    private Tensors Applied(Tensors x, Tensors? transformation, Func<BaseImagePreprocessingLayer, Tensors, Tensors?, Tensors> apply)
    {
        for (int i = 0; transformation != null && i < NumOps; i++) x = Augmentations.ApplyOne(_augmentations, transformation[Indices][i], x, transformation, Transforms, apply);
        return x;
    }
}
