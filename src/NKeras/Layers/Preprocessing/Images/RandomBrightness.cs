namespace NKeras.Layers;

/// <summary>
/// In training, makes images brighter or darker (<c>keras.layers.RandomBrightness</c>): adds the same to all pixels of an image, and cuts off to the range of values.
/// </summary>
/// <remarks>
/// Images (batch, height, width, channels), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are. Images
/// of integers stay integers.
/// </remarks>
/// <example><code>
/// Tensor augmented = new RandomBrightness(0.2, seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class RandomBrightness : BaseColorFactor
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">
    /// What is added, as a share of the range of values: drawn for each image between the two numbers, or between the number and its negative. From -1, which makes images
    /// black, to 1, which makes them white.
    /// </param>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>random_brightness</c>, <c>random_brightness_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="factor"/> is out of bounds, <paramref name="valueRange"/> is no pair, or a format is unknown.</exception>
    public RandomBrightness(
        Factor factor,
        Factor? valueRange = null,
        int? seed = null,
        string? dataFormat = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(factor, (-1, 1), valueRange, seed, dataFormat, boundingBoxFormat, name, trainable, dtype)
    {
    }

    /// <summary>What is added to each image, <c>rgb_delta</c> (batch, 1, 1, 1).</summary>
    internal override Tensors Draw(int batch, RandomSeed seed) => new()
    {
        ["rgb_delta"] = RandomOps.Uniform(new Shape([batch, 1, 1, 1]), Factor.First, Factor.Last, seed: seed) * (ValueRange.Last - ValueRange.First),
    };

    // Keras: adds whole numbers in the type of the images, in which bytes begin anew at 0.
    internal override Tensor Change(Tensor images, Tensors transformation)
    {
        DType type = images.DType.IsInteger ? DType.Int64 : images.DType;
        return Ops.Cast(InRange(Ops.Cast(images, type) + Ops.Cast(transformation["rgb_delta"], type)), images.DType);
    }
}
