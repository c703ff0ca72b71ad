namespace NKeras.Layers;

/// <summary>In training, turns images about their middle by a random angle (<c>keras.layers.RandomRotation</c>).</summary>
/// <example><code>
/// Tensor augmented = new RandomRotation(0.1).Apply(images, training: true);   // by up to 36 degrees in either direction
/// </code></example>
public sealed class RandomRotation : BaseRandomAffine
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The angle as a share of a full turn: a pair of bounds, or a number for as much in both directions; positive ones turn counter-clockwise.</param>
    /// <param name="fillMode">What is beyond the border: <c>"reflect"</c>, <c>"wrap"</c>, <c>"constant"</c> or <c>"nearest"</c>.</param>
    /// <param name="interpolation">What is between pixels: <c>"nearest"</c> or <c>"bilinear"</c>.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="fillValue">The number beyond the border, where it is constant.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How boxes are given, such as <c>"xyxy"</c>; needed for boxes only.</param>
    /// <param name="name">The name; <c>random_rotation</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">An argument is unknown or out of bounds.</exception>
    public RandomRotation(
        Factor factor, string fillMode = "reflect", string interpolation = "bilinear", int? seed = null, double fillValue = 0.0, string? dataFormat = null, string? boundingBoxFormat = null,
        string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(fillMode, interpolation, seed, fillValue, dataFormat, boundingBoxFormat, name, trainable, dtype) => Factor = FactorWithin(factor, -1, 1);

    /// <summary>The bounds of the angle, as shares of a full turn.</summary>
    public Factor Factor { get; }

    private protected override void Draw(Tensors transformation, int batchSize, (int Height, int Width) size, RandomSeed seed) =>
        transformation["angle"] = RandomOps.Uniform(new Shape([batchSize]), Factor.First * 360, Factor.Last * 360, seed: seed);

    private protected override Tensor[] Matrix(Tensors transformation, Tensor height, Tensor width)
    {
        Tensor angle = Ops.ExpandDims(transformation["angle"], axis: -1) * (Math.PI / 180);
        Tensor cos = Ops.Cos(angle), sin = Ops.Sin(angle);
        Tensor x = (Ops.Cast(width, angle.DType) - 1.0) * 0.5, y = (Ops.Cast(height, angle.DType) - 1.0) * 0.5;
        return [cos, -sin, x - (x * cos) + (y * sin), sin, cos, y - (x * sin) - (y * cos)];
    }
}
