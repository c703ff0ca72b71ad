namespace NKeras.Layers;

/// <summary>
/// In training, makes the colours of images duller (<c>keras.layers.RandomColorDegeneration</c>): takes a mean, weighed by the factor, of the image in gray and the image.
/// </summary>
/// <remarks>
/// Images (batch, height, width, 3), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are.
/// </remarks>
/// <example><code>
/// Tensor augmented = new RandomColorDegeneration((0, 0.5), seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class RandomColorDegeneration : BaseColorFactor
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">
    /// The share of the image in gray: drawn for each image between the two numbers, or between the number and its negative. With 0 images stay as they are, with 1 no colour is
    /// left; negative factors make colours stronger. From -1 to 1.
    /// </param>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>random_color_degeneration</c>, <c>random_color_degeneration_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="factor"/> is out of bounds, <paramref name="valueRange"/> is no pair, or a format is unknown.</exception>
    public RandomColorDegeneration(
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

    /// <summary>The factor of each image, <c>factor</c> (batch, 1, 1, 1).</summary>
    internal override Tensors Draw(int batch, RandomSeed seed) => new() { ["factor"] = RandomOps.Uniform(new Shape([batch, 1, 1, 1]), Factor.First, Factor.Last, seed: seed) };

    internal override Tensor Change(Tensor images, Tensors transformation)
    {
        images = Ops.Cast(images, ComputeDType);
        return InRange(images + (FactorsOf(transformation) * (Ops.RgbToGrayscale(images, DataFormat) - images)));
    }
}
