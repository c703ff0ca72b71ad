namespace NKeras.Layers;

/// <summary>
/// Stretches the values of each channel of an image over the whole range of values (<c>keras.layers.AutoContrast</c>), in training and afterwards. A channel of one value stays.
/// </summary>
/// <remarks>
/// Images (batch, height, width, channels), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are.
/// </remarks>
/// <example><code>
/// Tensor clear = new AutoContrast(valueRange: (0, 1)).Apply(images);
/// </code></example>
public sealed class AutoContrast : BaseImagePreprocessingLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>auto_contrast</c>, <c>auto_contrast_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="valueRange"/> is no pair, or a format is unknown.</exception>
    public AutoContrast(
        Factor? valueRange = null,
        string? dataFormat = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        ValueRange = RangeOf(valueRange);
    }

    /// <summary>The least and the greatest value of images.</summary>
    public Factor ValueRange { get; }

    /// <inheritdoc/>
    // Keras: looks for the least and the greatest along the second and third axis, whatever the order of axes.
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true)
    {
        Tensor x = TransformValueRange(Ops.Cast(images, ComputeDType), ValueRange, (0, 255));
        Tensor low = Ops.Min(x, axis: [1, 2], keepdims: true), scale = 255.0 / (Ops.Max(x, axis: [1, 2], keepdims: true) - low);
        Tensor stretched = TransformValueRange(Ops.Clip((x * scale) - (low * scale), 0.0, 255.0), (0, 255), ValueRange);
        return Ops.Cast(Ops.Where(Ops.Isnan(stretched), images, stretched), ComputeDType);
    }
}
