namespace NKeras.Layers;

/// <summary>
/// In training, turns the hue of colour images (<c>keras.layers.RandomHue</c>): saturation and value stay.
/// </summary>
/// <remarks>
/// Images (batch, height, width, 3), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are.
/// </remarks>
/// <example><code>
/// Tensor augmented = new RandomHue(0.5, valueRange: (0, 1), seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class RandomHue : BaseColorFactor
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">
    /// How far hues are turned, in halves of the circle of colours, in either direction: drawn for each image between the two numbers, or between 0 and the number. From 0 to 1.
    /// </param>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>random_hue</c>, <c>random_hue_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="factor"/> is out of bounds, <paramref name="valueRange"/> is no pair, or a format is unknown.</exception>
    public RandomHue(
        Factor factor,
        Factor? valueRange = null,
        string? dataFormat = null,
        int? seed = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(factor, (0, 1), valueRange, seed, dataFormat, boundingBoxFormat, name, trainable, dtype, sortedRange: false)
    {
    }

    /// <summary>How far the hue of each image is turned, in circles, <c>factor</c> (batch).</summary>
    internal override Tensors Draw(int batch, RandomSeed seed)
    {
        Tensor direction = Ops.Where(RandomOps.Uniform(new Shape([batch]), seed: seed) > 0.5, -1f, 1f);
        return new() { ["factor"] = direction * DrawFactors(batch, seed) * 0.5 };
    }

    internal override Tensor Change(Tensor images, Tensors transformation)
    {
        images = TransformValueRange(Ops.Cast(images, ComputeDType), ValueRange, (0, 1));
        images = ChangeHsv(images, hsv => hsv[0] = Turned(hsv[0], FactorsOf(transformation)));
        return TransformValueRange(Ops.Clip(images, 0.0, 1.0), (0, 1), ValueRange);
    }

    private static Tensor Turned(Tensor hue, Tensor by)
    {
        hue += by;
        hue = Ops.Where(hue > 1.0, hue - 1.0, hue);
        return Ops.Where(hue < 0.0, hue + 1.0, hue);
    }
}
