namespace NKeras.Layers;

/// <summary>In training, turns images upside down or left to right at random, each with probability 1/2 (<c>keras.layers.RandomFlip</c>).</summary>
/// <example><code>
/// Tensor augmented = new RandomFlip("horizontal", seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class RandomFlip : BaseImagePreprocessingLayer
{
    private static readonly string[] s_modes = ["horizontal", "vertical", "horizontal_and_vertical"];
    private readonly SeedGenerator _generator;

    /// <summary>Creates the layer.</summary>
    /// <param name="mode"><c>"horizontal"</c> (left to right), <c>"vertical"</c> (upside down) or <c>"horizontal_and_vertical"</c>.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How boxes are given, such as <c>"xyxy"</c>; needed for boxes only.</param>
    /// <param name="name">The name; <c>random_flip</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The mode is unknown.</exception>
    public RandomFlip(
        string mode = "horizontal_and_vertical", int? seed = null, string? dataFormat = null, string? boundingBoxFormat = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        (Mode, Seed) = (LayerArguments.OneOf(this, s_modes, mode), seed);
        _generator = AddSeedGenerator(seed);
    }

    /// <summary>In which directions images are turned.</summary>
    public string Mode { get; }

    /// <summary>The seed that was given; null if none was.</summary>
    public int? Seed { get; }

    // Keras: leaves labels and masks in their type.
    private protected override bool AutocastsInputs => false;

    private bool IsHorizontal => Mode != "vertical";

    private bool IsVertical => Mode != "horizontal";

    /// <inheritdoc/>
    // Keras: one draw for an image decides about both directions.
    public override Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null)
    {
        if (!training) return null;
        Tensors transformation = [];
        transformation["flips"] = RandomOps.Uniform(new Shape([BatchSizeOf(data), 1, 1, 1]), seed: seed ?? _generator) <= 0.5;
        transformation["input_shape"] = InputShapeOf(data);
        return transformation;
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true)
    {
        Tensor x = Ops.Cast(images, ComputeDType);
        return training ? Flip(x, transformation) : x;
    }

    /// <inheritdoc/>
    public override Tensor TransformSegmentationMasks(Tensor segmentationMasks, Tensors? transformation, bool training = true) => training ? Flip(segmentationMasks, transformation) : segmentationMasks;

    /// <inheritdoc/>
    public override Tensors TransformBoundingBoxes(Tensors boundingBoxes, Tensors? transformation, bool training = true)
    {
        if (!training || transformation == null) return boundingBoxes;
        (Tensor height, Tensor width) = SizeFor(transformation);
        Tensors corners = BoundingBoxes.Convert(Name, boundingBoxes, BoundingBoxFormat!, "rel_xyxy", height, width);
        Tensor[] c = BoundingBoxes.Split(corners["boxes"]);
        Tensor flips = Ops.Squeeze(transformation["flips"], axis: -1);
        if (IsHorizontal) (c[0], c[2]) = (Ops.Where(flips, 1.0 - c[2], c[0]), Ops.Where(flips, 1.0 - c[0], c[2]));
        if (IsVertical) (c[1], c[3]) = (Ops.Where(flips, 1.0 - c[3], c[1]), Ops.Where(flips, 1.0 - c[1], c[3]));
        Tensors clipped = BoundingBoxes.Clip(BoundingBoxes.With(corners, BoundingBoxes.Join(c)), 1.0, 1.0);
        return BoundingBoxes.Convert(Name, clipped, "rel_xyxy", BoundingBoxFormat!, height, width);
    }

    private Tensor Flip(Tensor x, Tensors? transformation)
    {
        if (transformation == null) return x;
        Tensor flips = transformation["flips"];
        if (IsHorizontal) x = Select(flips, Ops.Flip(x, axis: WidthAxis), x);
        if (IsVertical) x = Select(flips, Ops.Flip(x, axis: HeightAxis), x);
        return x;
    }
}
