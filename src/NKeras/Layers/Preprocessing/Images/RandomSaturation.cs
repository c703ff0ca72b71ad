namespace NKeras.Layers;

/// <summary>
/// In training, makes the colours of images stronger or duller (<c>keras.layers.RandomSaturation</c>): hue and value stay.
/// </summary>
/// <remarks>
/// Images (batch, height, width, 3), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are.
/// </remarks>
/// <example><code>
/// Tensor augmented = new RandomSaturation((0.4, 0.6), seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class RandomSaturation : BaseColorFactor
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">
    /// What becomes of the saturation: drawn for each image between the two numbers, or between the number and its negative. 0 leaves no colour, 0.5 changes nothing, and with
    /// 1 all that has a colour gets it in full: saturations are multiplied by <c>factor / (1 - factor)</c>. From -1 to 1.
    /// </param>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>random_saturation</c>, <c>random_saturation_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="factor"/> is out of bounds, <paramref name="valueRange"/> is no pair, or a format is unknown.</exception>
    public RandomSaturation(
        Factor factor,
        Factor? valueRange = null,
        string? dataFormat = null,
        int? seed = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(factor, (-1, 1), valueRange, seed, dataFormat, boundingBoxFormat, name, trainable, dtype)
    {
    }

    /// <summary>What the saturation of each image is multiplied by, <c>factor</c> (batch).</summary>
    internal override Tensors Draw(int batch, RandomSeed seed)
    {
        Tensor factor = DrawFactors(batch, seed);
        return new() { ["factor"] = factor / (1.0 - factor + Config.Epsilon()) };
    }

    // Keras: saturations are from 0 to 1, but cut off to the range of the images' values; and there must be no integers.
    internal override Tensor Change(Tensor images, Tensors transformation) =>
        ChangeHsv(Ops.Cast(images, ComputeDType), hsv => hsv[1] = InRange(hsv[1] * FactorsOf(transformation)));
}
