namespace NKeras.Layers;

/// <summary>In training, moves images by a random share of their size (<c>keras.layers.RandomTranslation</c>).</summary>
/// <example><code>
/// Tensor augmented = new RandomTranslation(heightFactor: 0.1, widthFactor: (-0.2, 0.0)).Apply(images, training: true);
/// </code></example>
public sealed class RandomTranslation : BaseRandomAffine
{
    /// <summary>Creates the layer.</summary>
    /// <param name="heightFactor">How far down, as a share of the height: a pair of bounds, or a number for as much up and down.</param>
    /// <param name="widthFactor">How far to the right, as a share of the width: a pair of bounds, or a number for as much in both directions.</param>
    /// <param name="fillMode">What is beyond the border: <c>"reflect"</c>, <c>"wrap"</c>, <c>"constant"</c> or <c>"nearest"</c>.</param>
    /// <param name="interpolation">What is between pixels: <c>"nearest"</c> or <c>"bilinear"</c>.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="fillValue">The number beyond the border, where it is constant.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How boxes are given, such as <c>"xyxy"</c>; needed for boxes only.</param>
    /// <param name="name">The name; <c>random_translation</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">An argument is unknown or out of bounds.</exception>
    public RandomTranslation(
        Factor heightFactor, Factor widthFactor, string fillMode = "reflect", string interpolation = "bilinear", int? seed = null, double fillValue = 0.0, string? dataFormat = null,
        string? boundingBoxFormat = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(fillMode, interpolation, seed, fillValue, dataFormat, boundingBoxFormat, name, trainable, dtype)
    {
        (HeightFactor, WidthFactor) = (heightFactor, widthFactor);
        (_vertical, _horizontal) = (Bounds(heightFactor, nameof(heightFactor), -1, 1), Bounds(widthFactor, nameof(widthFactor), -1, 1));
    }

    private readonly Factor _vertical;
    private readonly Factor _horizontal;

    /// <summary>How far down, as it was given.</summary>
    public Factor HeightFactor { get; }

    /// <summary>How far to the right, as it was given.</summary>
    public Factor WidthFactor { get; }

    private protected override void Draw(Tensors transformation, int batchSize, (int Height, int Width) size, RandomSeed seed)
    {
        Tensor down = RandomOps.Uniform(new Shape([batchSize, 1]), _vertical.First, _vertical.Last, seed: seed) * (double)size.Height;
        Tensor right = RandomOps.Uniform(new Shape([batchSize, 1]), _horizontal.First, _horizontal.Last, seed: seed) * (double)size.Width;
        transformation["translations"] = Ops.Cast(Ops.Concatenate([right, down], axis: 1), DType.Float32);
    }

    private protected override Tensor[] Matrix(Tensors transformation, Tensor height, Tensor width)
    {
        Tensor[] shifts = [.. Ops.Split(transformation["translations"], 2, axis: 1)];
        Tensor zero = Zeros(shifts[0]), one = zero + 1.0;
        return [one, zero, -shifts[0], zero, one, -shifts[1]];
    }
}
