namespace NKeras.Layers;

/// <summary>In training, shows images as if seen at an angle: each corner moves at random (<c>keras.layers.RandomPerspective</c>).</summary>
/// <example><code>
/// Tensor augmented = new RandomPerspective(factor: 0.5, scale: 0.3).Apply(images, training: true);
/// </code></example>
public sealed class RandomPerspective : BaseImagePreprocessingLayer
{
    private readonly SeedGenerator _generator;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">With which probability an image is changed: a number, or a pair of bounds that it is drawn between.</param>
    /// <param name="scale">How far corners move, from 0 to 1.</param>
    /// <param name="interpolation">What is between pixels: <c>"nearest"</c> or <c>"bilinear"</c>.</param>
    /// <param name="fillValue">The number beyond the border.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How boxes are given, such as <c>"xyxy"</c>; needed for boxes only.</param>
    /// <param name="name">The name; <c>random_perspective</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">An argument is unknown or out of bounds.</exception>
    public RandomPerspective(
        Factor? factor = null, double scale = 1.0, string interpolation = "bilinear", double fillValue = 0.0, int? seed = null, string? dataFormat = null, string? boundingBoxFormat = null,
        string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        Factor = FactorWithin(factor ?? 1.0, 0, 1);
        if (!(scale is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(scale), $"Layer '{Name}': scale is a number from 0 to 1; received {scale}.");
        Interpolation = LayerArguments.OneOf(this, ["nearest", "bilinear"], interpolation);
        (Scale, FillValue, Seed) = (scale, fillValue, seed);
        _generator = AddSeedGenerator(seed);
    }

    /// <summary>The bounds of the probability that an image is changed.</summary>
    public Factor Factor { get; }

    /// <summary>How far corners move.</summary>
    public double Scale { get; }

    /// <summary>What is between pixels: <c>"nearest"</c> or <c>"bilinear"</c>.</summary>
    public string Interpolation { get; }

    /// <summary>The number beyond the border.</summary>
    public double FillValue { get; }

    /// <summary>The seed that was given; null if none was.</summary>
    public int? Seed { get; }

    /// <inheritdoc/>
    public override Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null)
    {
        if (!training) return null;
        seed ??= _generator;
        int batch = BatchSizeOf(data);
        (int height, int width) = SizeOf(ImagesOf(data));
        Tensor probability = RandomOps.Uniform(new Shape([batch]), Factor.First, Factor.Last, seed: seed);
        Tensor applies = RandomOps.Uniform(new Shape([batch]), seed: seed) < probability;
        Tensor moved = RandomOps.Uniform(new Shape([batch, 4, 2]), -0.5 * Scale, 0.5 * Scale, ComputeDType, seed);
        Tensor corners = Ops.Cast(new double[,] { { 0, 0 }, { width - 1, 0 }, { 0, height - 1 }, { width - 1, height - 1 } }, ComputeDType);
        Tensor start = moved * 0.0 + corners;
        Tensors transformation = [];
        transformation["apply_perspective"] = applies;
        transformation["start_points"] = start;
        transformation["end_points"] = Ops.Where(Ops.ExpandDims(applies, axis: [1, 2]), start + (start * moved), start);
        transformation["input_shape"] = InputShapeOf(data);
        return transformation;
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true)
    {
        Tensor x = Ops.Cast(images, ComputeDType);
        return training && transformation != null ? Transform(x, transformation, Interpolation) : x;
    }

    /// <inheritdoc/>
    public override Tensor TransformSegmentationMasks(Tensor segmentationMasks, Tensors? transformation, bool training = true) =>
        training && transformation != null ? Transform(segmentationMasks, transformation, "nearest") : segmentationMasks;

    /// <inheritdoc/>
    // Keras: leaves the result in the format "xyxy", whatever the boxes were given in.
    public override Tensors TransformBoundingBoxes(Tensors boundingBoxes, Tensors? transformation, bool training = true)
    {
        if (!training || transformation == null) return boundingBoxes;
        (Tensor height, Tensor width) = SizeFor(transformation);
        Tensors corners = BoundingBoxes.Convert(Name, boundingBoxes, BoundingBoxFormat!, "xyxy", height, width);
        Tensor[] c = BoundingBoxes.Split(corners["boxes"]);
        // What takes places of the image to places of the result, for (batch, boxes, 1).
        Tensor matrix = Ops.Cast(Ops.Homography(transformation["end_points"], transformation["start_points"]), c[0].DType);
        Tensor[] m = [.. Ops.Split(matrix, 8, axis: 1).Select(n => Ops.ExpandDims(n, axis: -1))];
        (Tensor X, Tensor Y)[] moved = [.. new[] { (c[0], c[1]), (c[2], c[3]), (c[0], c[3]), (c[2], c[1]) }.Select(p => Project(m, p.Item1, p.Item2))];
        Tensor bounds = BoundingBoxes.Join(
        [
            moved.Select(p => p.X).Aggregate(Ops.Minimum), moved.Select(p => p.Y).Aggregate(Ops.Minimum), moved.Select(p => p.X).Aggregate(Ops.Maximum), moved.Select(p => p.Y).Aggregate(Ops.Maximum),
        ]);
        Tensor applied = Ops.Where(Ops.ExpandDims(transformation["apply_perspective"], axis: [1, 2]), bounds, corners["boxes"]);
        return BoundingBoxes.Convert(Name, BoundingBoxes.Clip(BoundingBoxes.With(corners, applied), height, width), "xyxy", BoundingBoxFormat!, height, width);
    }

    private static (Tensor X, Tensor Y) Project(Tensor[] m, Tensor x, Tensor y)
    {
        Tensor scale = (m[6] * x) + (m[7] * y) + 1.0;
        return (((m[0] * x) + (m[1] * y) + m[2]) / scale, ((m[3] * x) + (m[4] * y) + m[5]) / scale);
    }

    private Tensor Transform(Tensor x, Tensors transformation, string interpolation)
    {
        Tensor changed = Ops.PerspectiveTransform(x, transformation["start_points"], transformation["end_points"], interpolation, FillValue, DataFormat);
        return Select(Ops.ExpandDims(transformation["apply_perspective"], axis: [1, 2, 3]), changed, x);
    }
}
