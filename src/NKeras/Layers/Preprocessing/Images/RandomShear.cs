namespace NKeras.Layers;

/// <summary>In training, shears images at random, so that right angles become others (<c>keras.layers.RandomShear</c>).</summary>
/// <example><code>
/// Tensor augmented = new RandomShear(xFactor: 0.2, yFactor: 0.2).Apply(images, training: true);
/// </code></example>
public sealed class RandomShear : BaseRandomAffine
{
    /// <summary>Creates the layer.</summary>
    /// <param name="xFactor">How many columns a row moves for each row above it: a pair of bounds from 0 to 1, or a number for as much as that. The direction is random.</param>
    /// <param name="yFactor">How many rows a column moves for each column before it.</param>
    /// <param name="interpolation">What is between pixels: <c>"nearest"</c> or <c>"bilinear"</c>.</param>
    /// <param name="fillMode">What is beyond the border: <c>"reflect"</c>, <c>"wrap"</c>, <c>"constant"</c> or <c>"nearest"</c>.</param>
    /// <param name="fillValue">The number beyond the border, where it is constant.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="boundingBoxFormat">How boxes are given, such as <c>"xyxy"</c>; needed for boxes only.</param>
    /// <param name="name">The name; <c>random_shear</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">An argument is unknown or out of bounds.</exception>
    public RandomShear(
        Factor? xFactor = null, Factor? yFactor = null, string interpolation = "bilinear", string fillMode = "reflect", double fillValue = 0.0, string? dataFormat = null, int? seed = null,
        string? boundingBoxFormat = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(fillMode, interpolation, seed, fillValue, dataFormat, boundingBoxFormat, name, trainable, dtype) =>
        (XFactor, YFactor) = (Bounds(xFactor ?? 0.0, nameof(xFactor), 0, 1), Bounds(yFactor ?? 0.0, nameof(yFactor), 0, 1));

    /// <summary>The bounds of the columns that a row moves for each row above it.</summary>
    public Factor XFactor { get; }

    /// <summary>The bounds of the rows that a column moves for each column before it.</summary>
    public Factor YFactor { get; }

    private protected override void Draw(Tensors transformation, int batchSize, (int Height, int Width) size, RandomSeed seed)
    {
        Shape shape = new([batchSize, 1]);
        Tensor sign = Ops.Where(RandomOps.Uniform(shape, dtype: ComputeDType, seed: seed) > 0.5, -1.0, 1.0);
        Tensor y = RandomOps.Uniform(shape, YFactor.First, YFactor.Last, ComputeDType, seed), x = RandomOps.Uniform(shape, XFactor.First, XFactor.Last, ComputeDType, seed);
        transformation["shear_factor"] = Ops.Cast(Ops.Concatenate([x, y], axis: 1) * sign, ComputeDType);
    }

    private protected override Tensor[] Matrix(Tensors transformation, Tensor height, Tensor width)
    {
        Tensor[] factors = [.. Ops.Split(transformation["shear_factor"], 2, axis: 1)];
        Tensor zero = Zeros(factors[0]), one = zero + 1.0;
        return [one, factors[0], zero, factors[1], one, zero];
    }

    /// <summary>Moves borders by the factor times where the box begins or ends, x before y.</summary>
    // Keras: does so with shares of the image's size, which is what happens to the pixels for square images only.
    private protected override Tensor TransformCorners(Tensor boxes, Tensors transformation, Tensor height, Tensor width)
    {
        Tensor[] factors = [.. Ops.Split(Ops.Cast(transformation["shear_factor"], boxes.DType), 2, axis: 1).Select(f => Ops.ExpandDims(f, axis: -1))];
        Tensor[] size = [Ops.Cast(width, boxes.DType), Ops.Cast(height, boxes.DType)];
        Tensor[] c = [.. BoundingBoxes.Split(boxes).Select((n, i) => n / size[i % 2])];
        Tensor x = factors[0], y = factors[1];
        (c[0], c[2]) = (Ops.Where(x < 0.0, c[0] - (x * c[1]), c[0] - (x * c[3])), Ops.Where(x < 0.0, c[2] - (x * c[3]), c[2] - (x * c[1])));
        (c[1], c[3]) = (Ops.Where(y > 0.0, c[1] - (y * c[2]), c[1] - (y * c[0])), Ops.Where(y > 0.0, c[3] - (y * c[0]), c[3] - (y * c[2])));
        return BoundingBoxes.Join([.. c.Select((n, i) => n * size[i % 2])]);
    }
}
