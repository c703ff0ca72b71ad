namespace NKeras.Layers;

/// <summary>In training, distorts images like rubber: each place moves by a smooth random field (<c>keras.layers.RandomElasticTransform</c>).</summary>
/// <example><code>
/// Tensor augmented = new RandomElasticTransform(factor: 0.5, scale: 0.3).Apply(images, training: true);
/// </code></example>
public sealed class RandomElasticTransform : BaseImagePreprocessingLayer
{
    private readonly SeedGenerator _generator;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">With which probability an image is changed: a number, or a pair of bounds that it is drawn between.</param>
    /// <param name="scale">How strongly, from 0 to 1: a number, or a pair of bounds.</param>
    /// <param name="interpolation">What is between pixels: <c>"nearest"</c> or <c>"bilinear"</c>.</param>
    /// <param name="fillMode">What is beyond the border: <c>"constant"</c>, <c>"nearest"</c>, <c>"wrap"</c>, <c>"mirror"</c> or <c>"reflect"</c>.</param>
    /// <param name="fillValue">The number beyond the border, where it is constant.</param>
    /// <param name="valueRange">The least and the greatest number of an image; (0, 255) if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">Kept for the layer's configuration: boxes are refused.</param>
    /// <param name="name">The name; <c>random_elastic_transform</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">An argument is unknown or out of bounds.</exception>
    public RandomElasticTransform(
        Factor? factor = null, Factor? scale = null, string interpolation = "bilinear", string fillMode = "reflect", double fillValue = 0.0, Factor? valueRange = null, int? seed = null,
        string? dataFormat = null, string? boundingBoxFormat = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        (Factor, Scale) = (FactorWithin(factor ?? 1.0, 0, 1), FactorWithin(scale ?? 1.0, 0, 1));
        Interpolation = LayerArguments.OneOf(this, ["nearest", "bilinear"], interpolation);
        FillMode = LayerArguments.OneOf(this, ["constant", "nearest", "wrap", "mirror", "reflect"], fillMode);
        ValueRange = valueRange ?? (0, 255);
        if (ValueRange.IsNumber) throw new ArgumentException($"Layer '{Name}': valueRange is two numbers, such as (0, 255); received {ValueRange}.", nameof(valueRange));
        (FillValue, Seed) = (fillValue, seed);
        _generator = AddSeedGenerator(seed);
    }

    /// <summary>The bounds of the probability that an image is changed.</summary>
    public Factor Factor { get; }

    /// <summary>The bounds of how strongly.</summary>
    public Factor Scale { get; }

    /// <summary>What is between pixels: <c>"nearest"</c> or <c>"bilinear"</c>.</summary>
    public string Interpolation { get; }

    /// <summary>What is beyond the border.</summary>
    public string FillMode { get; }

    /// <summary>The number beyond the border, where it is constant.</summary>
    public double FillValue { get; }

    /// <summary>The least and the greatest number of an image.</summary>
    public Factor ValueRange { get; }

    /// <summary>The seed that was given; null if none was.</summary>
    public int? Seed { get; }

    /// <inheritdoc/>
    // Keras: draws the field while it transforms, so that images and masks are distorted differently.
    public override Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null)
    {
        if (!training || Scale.Last == 0 || Factor.Last == 0) return null;
        seed ??= _generator;
        int batch = BatchSizeOf(data);
        (int height, int width) = SizeOf(ImagesOf(data));
        Tensor probability = RandomOps.Uniform(new Shape([batch]), Factor.First, Factor.Last, seed: seed);
        Tensors transformation = [];
        transformation["apply_transform"] = RandomOps.Uniform(new Shape([batch]), seed: seed) < probability;
        Tensor strength = RandomOps.Uniform(Shape.Scalar, Scale.First, Scale.Last, seed: seed);
        transformation["distortion_factor"] = strength;
        // How far places move, and how smooth the field is, in pixels.
        (double reach, double smoothness) = (0.1 * Math.Max(height, width), 0.05 * Math.Min(height, width));
        Tensor noise = RandomOps.Normal(new Shape([batch, height, width, 2]), seed: seed);
        transformation["shifts"] = Ops.SmoothField(noise, strength * reach, strength * smoothness, Scale.Last * smoothness);
        return transformation;
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true)
    {
        Tensor x = Ops.Cast(images, ComputeDType);
        if (!training || transformation == null) return x;
        return Ops.Cast(Ops.Clip(Transform(x, transformation, Interpolation), ValueRange.First, ValueRange.Last), ComputeDType);
    }

    /// <inheritdoc/>
    public override Tensor TransformSegmentationMasks(Tensor segmentationMasks, Tensors? transformation, bool training = true) =>
        training && transformation != null ? Transform(segmentationMasks, transformation, "nearest") : segmentationMasks;

    /// <summary>Refuses boxes: what a rubber sheet makes of them is none.</summary>
    /// <inheritdoc/>
    public override Tensors TransformBoundingBoxes(Tensors boundingBoxes, Tensors? transformation, bool training = true) =>
        throw new ArgumentException($"Layer '{Name}' distorts images in every place differently, so it does not transform bounding boxes. Leave them out, or use RandomPerspective.", nameof(boundingBoxes));

    private Tensor Transform(Tensor x, Tensors transformation, string interpolation)
    {
        Tensor changed = Ops.ShiftPlaces(x, transformation["shifts"], interpolation, FillMode, FillValue, DataFormat);
        return Select(Ops.ExpandDims(transformation["apply_transform"], axis: [1, 2, 3]), changed, x);
    }
}
