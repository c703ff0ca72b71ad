namespace NKeras.Layers;

/// <summary>
/// In training, moves the pixels of images away from the mean of their channel, or towards it (<c>keras.layers.RandomContrast</c>): <c>(x - mean) * factor + mean</c>,
/// cut off to the range of values.
/// </summary>
/// <remarks>
/// Images (batch, height, width, channels), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are.
/// </remarks>
/// <example><code>
/// Tensor augmented = new RandomContrast(0.3, seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class RandomContrast : BaseColorFactor
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">
    /// How far factors are from 1: of (0.2, 0.5) they are drawn for each image between 1 - 0.2 and 1 + 0.5; of a number, between 1 and 1 more than it. From 0 to 1.
    /// </param>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>random_contrast</c>, <c>random_contrast_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="factor"/> is out of bounds, <paramref name="valueRange"/> is no pair, or a format is unknown.</exception>
    public RandomContrast(
        Factor factor,
        Factor? valueRange = null,
        int? seed = null,
        string? dataFormat = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(factor, (0, 1), valueRange, seed, dataFormat, boundingBoxFormat, name, trainable, dtype, sortedRange: false)
    {
    }

    /// <summary>The factor of each image, <c>contrast_factor</c> (batch, 1, 1, 1).</summary>
    internal override Tensors Draw(int batch, RandomSeed seed) => new()
    {
        ["contrast_factor"] = RandomOps.Uniform(new Shape([batch, 1, 1, 1]), 1.0 - Factor.First, 1.0 + Factor.Last, ComputeDType, seed),
    };

    internal override Tensor Change(Tensor images, Tensors transformation)
    {
        Tensor mean = Ops.Mean(images, axis: [HeightAxis, WidthAxis], keepdims: true);
        return InRange(((images - mean) * transformation["contrast_factor"]) + mean);
    }
}
