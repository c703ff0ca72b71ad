namespace NKeras.Layers;

/// <summary>
/// In training, leaves only some of the eight bits of each channel of a pixel (<c>keras.layers.RandomPosterization</c>; Cubuk et al., 2018), so that there are fewer colours.
/// </summary>
/// <remarks>
/// Images (batch, height, width, channels), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are.
/// </remarks>
/// <example><code>
/// Tensor augmented = new RandomPosterization((3, 6), seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class RandomPosterization : BaseColorFactor
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">
    /// How many bits are left: drawn for each image from the first number up to, but not including, the second one, or from 1 up to the number; of two equal numbers, that one.
    /// Whole numbers from 1 to 8.
    /// </param>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>random_posterization</c>, <c>random_posterization_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="factor"/> is out of bounds or not whole, <paramref name="valueRange"/> is no pair, or a format is unknown.</exception>
    public RandomPosterization(
        Factor factor,
        Factor? valueRange = null,
        string? dataFormat = null,
        int? seed = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(factor, (1, 8), valueRange, seed, dataFormat, boundingBoxFormat, name, trainable, dtype)
    {
        if (!Factor.All(double.IsInteger))
            throw new ArgumentException($"Layer '{Name}': factor is a whole number of bits, or two of them; received {factor}.", nameof(factor));
    }

    /// <summary>How many bits of each image are cut off, <c>shift_factor</c> (batch), or one number for all images if nothing is random about it.</summary>
    internal override Tensors Draw(int batch, RandomSeed seed) => new()
    {
        ["shift_factor"] = Factor.First == Factor.Last
            ? Tensor.From([(byte)(8 - Factor.First)])
            : Ops.Cast(8, DType.UInt8) - RandomOps.Randint(new Shape([batch]), (long)Factor.First, (long)Factor.Last, DType.UInt8, seed),
    };

    internal override Tensor Change(Tensor images, Tensors transformation)
    {
        Tensor shift = ToPixels(transformation["shift_factor"], DType.UInt8);
        Tensor bytes = Ops.Cast(TransformValueRange(Ops.Cast(images, ComputeDType), ValueRange, (0, 255)), DType.UInt8);
        Tensor cut = Ops.BitwiseLeftShift(Ops.BitwiseRightShift(bytes, shift), shift);
        return TransformValueRange(Ops.Cast(cut, ComputeDType), (0, 255), ValueRange);
    }
}
