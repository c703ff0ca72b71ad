namespace NKeras.Layers;

/// <summary>In training, enlarges images or makes them smaller at random, about their middle (<c>keras.layers.RandomZoom</c>).</summary>
/// <example><code>
/// Tensor augmented = new RandomZoom(heightFactor: (-0.3, -0.1)).Apply(images, training: true);   // 10 to 30 percent closer
/// </code></example>
public sealed class RandomZoom : BaseRandomAffine
{
    private readonly Factor _vertical;
    private readonly Factor? _horizontal;

    /// <summary>Creates the layer.</summary>
    /// <param name="heightFactor">By which share more of the height is shown: a pair of bounds, or a number for as much in both directions; negative ones enlarge.</param>
    /// <param name="widthFactor">The same for the width; the height's if omitted, so that proportions stay.</param>
    /// <param name="fillMode">What is beyond the border: <c>"reflect"</c>, <c>"wrap"</c>, <c>"constant"</c> or <c>"nearest"</c>.</param>
    /// <param name="interpolation">What is between pixels: <c>"nearest"</c> or <c>"bilinear"</c>.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="fillValue">The number beyond the border, where it is constant.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How boxes are given, such as <c>"xyxy"</c>; needed for boxes only.</param>
    /// <param name="name">The name; <c>random_zoom</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">An argument is unknown or out of bounds.</exception>
    public RandomZoom(
        Factor heightFactor, Factor? widthFactor = null, string fillMode = "reflect", string interpolation = "bilinear", int? seed = null, double fillValue = 0.0, string? dataFormat = null,
        string? boundingBoxFormat = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(fillMode, interpolation, seed, fillValue, dataFormat, boundingBoxFormat, name, trainable, dtype)
    {
        (HeightFactor, WidthFactor) = (heightFactor, widthFactor);
        _vertical = Bounds(heightFactor, nameof(heightFactor), Math.BitIncrement(-1.0), 1);
        _horizontal = widthFactor == null ? null : Bounds(widthFactor, nameof(widthFactor), Math.BitIncrement(-1.0), 1);
    }

    /// <summary>By which share more of the height is shown, as it was given.</summary>
    public Factor HeightFactor { get; }

    /// <summary>By which share more of the width is shown, as it was given; null for the height's.</summary>
    public Factor? WidthFactor { get; }

    private protected override void Draw(Tensors transformation, int batchSize, (int Height, int Width) size, RandomSeed seed)
    {
        Tensor height = RandomOps.Uniform(new Shape([batchSize, 1]), 1 + _vertical.First, 1 + _vertical.Last, seed: seed);
        transformation["height_zoom"] = height;
        transformation["width_zoom"] = _horizontal == null ? height : RandomOps.Uniform(new Shape([batchSize, 1]), 1 + _horizontal.First, 1 + _horizontal.Last, seed: seed);
    }

    private protected override Tensor[] Matrix(Tensors transformation, Tensor height, Tensor width)
    {
        Tensor x = Ops.Cast(transformation["width_zoom"], DType.Float32), y = Ops.Cast(transformation["height_zoom"], DType.Float32), zero = Zeros(x);
        return [x, zero, Offset(width, x), zero, y, Offset(height, y)];

        static Tensor Offset(Tensor length, Tensor zoom) => (Ops.Cast(length, DType.Float32) - 1.0) / 2.0 * (1.0 - zoom);
    }
}
