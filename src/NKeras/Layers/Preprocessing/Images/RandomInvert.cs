namespace NKeras.Layers;

/// <summary>
/// In training, inverts the colours of some images (<c>keras.layers.RandomInvert</c>): pixels become the greatest value less what they were.
/// </summary>
/// <remarks>
/// Images (batch, height, width, channels), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are.
/// </remarks>
/// <example><code>
/// Tensor augmented = new RandomInvert(0.5, seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class RandomInvert : BaseColorFactor
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">How likely it is that an image is inverted: drawn for each image between the two numbers, or between 0 and the number. From 0 to 1; 1 if omitted.</param>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>random_invert</c>, <c>random_invert_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="factor"/> is out of bounds, <paramref name="valueRange"/> is no pair, or a format is unknown.</exception>
    public RandomInvert(
        Factor? factor = null,
        Factor? valueRange = null,
        int? seed = null,
        string? dataFormat = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(factor ?? 1.0, (0, 1), valueRange, seed, dataFormat, boundingBoxFormat, name, trainable, dtype, sortedRange: false)
    {
    }

    /// <summary>Whether each image is inverted, <c>apply_inversion</c> (batch).</summary>
    internal override Tensors Draw(int batch, RandomSeed seed)
    {
        Tensor likely = DrawFactors(batch, seed);
        return new() { ["apply_inversion"] = RandomOps.Uniform(new Shape([batch]), seed: seed) < likely };
    }

    internal override Tensor Change(Tensor images, Tensors transformation)
    {
        images = Ops.Cast(images, ComputeDType);
        return Ops.Where(ToPixels(transformation["apply_inversion"], DType.Bool), ValueRange.Last - images, images);
    }
}
