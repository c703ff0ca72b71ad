namespace NKeras.Layers;

/// <summary>
/// In training, makes images sharper or smoother (<c>keras.layers.RandomSharpness</c>): takes the image, and more or less than nothing of the difference to one in which each pixel
/// is a mean of it and its neighbours.
/// </summary>
/// <remarks>
/// Images (batch, height, width, channels), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are.
/// </remarks>
/// <example><code>
/// Tensor augmented = new RandomSharpness((0.4, 0.9), seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class RandomSharpness : BaseColorFactor
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">
    /// How sharp images become: drawn for each image between the two numbers, or between 0 and the number. 0 gives the smooth image, 0.5 leaves images as they are, 1 makes the
    /// differences to the smooth image twice as large. From 0 to 1.
    /// </param>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>random_sharpness</c>, <c>random_sharpness_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="factor"/> is out of bounds, <paramref name="valueRange"/> is no pair, or a format is unknown.</exception>
    public RandomSharpness(
        Factor factor,
        Factor? valueRange = null,
        string? dataFormat = null,
        int? seed = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(factor, (0, 1), valueRange, seed, dataFormat, boundingBoxFormat, name, trainable, dtype)
    {
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true) => base.TransformImages(Ops.Cast(images, ComputeDType), transformation, training);

    internal override Tensor Change(Tensor images, Tensors transformation)
    {
        const double A = 1.0 / 13, B = 5.0 / 13;
        Tensor kernel = Ops.Cast(Tensor.From([A, A, A, A, B, A, A, A, A], [3, 3, 1, 1]), ComputeDType);
        kernel = Ops.BroadcastTo(kernel, new Shape([3, 3, images.Shape.Dims[images.Rank + ChannelAxis], 1]));
        // Keras: beyond the border is zero, so that borders become darker.
        Tensor smooth = Ops.DepthwiseConv(images, kernel, padding: "same", dataFormat: DataFormat);
        return InRange(images + ((1.0 - (FactorsOf(transformation) * 2.0)) * (smooth - images)));
    }
}
