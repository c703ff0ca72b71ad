using System.Text.Json.Nodes;

namespace NKeras.Layers;

/// <summary>
/// Brings the bounding boxes of images to one number: leaves out those that are too many, and adds some that are none
/// (<c>keras.layers.MaxNumBoundingBoxes</c>). Images, labels and masks stay as they are.
/// </summary>
/// <remarks>Boxes (batch, number, 4) with labels (batch, number), or those of one image; the number becomes <c>maxNumber</c>.</remarks>
/// <example><code>
/// Tensors padded = new MaxNumBoundingBoxes(maxNumber: 10, boundingBoxFormat: "xyxy").ApplyAll(new Dictionary&lt;string, Tensor&gt;
/// {
///     ["images"] = images, ["bounding_boxes/boxes"] = boxes, ["bounding_boxes/labels"] = classes,
/// });
/// </code></example>
public sealed class MaxNumBoundingBoxes : BaseImagePreprocessingLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="maxNumber">How many boxes there are afterwards.</param>
    /// <param name="fillValue">All numbers of boxes that are added, and their labels.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="name">The name; <c>max_num_bounding_boxes</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="maxNumber"/> is negative, or a format is unknown.</exception>
    public MaxNumBoundingBoxes(
        int maxNumber, int fillValue = -1, string? boundingBoxFormat = null, string? dataFormat = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        MaxNumber = (int)LayerArguments.NotNegative(this, maxNumber, nameof(maxNumber));
        FillValue = fillValue;
    }

    /// <summary>How many boxes there are afterwards.</summary>
    public int MaxNumber { get; }

    /// <summary>All numbers of boxes that are added, and their labels.</summary>
    public int FillValue { get; }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true) => images;

    /// <inheritdoc/>
    public override Tensors TransformBoundingBoxes(Tensors boundingBoxes, Tensors? transformation, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(boundingBoxes);
        return boundingBoxes.Select(Adjusted);
    }

    /// <inheritdoc/>
    // Keras: leaves fill_value out, so that a layer that is read fills with the default.
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        if (FillValue == -1) config.Remove("fill_value");
        return config;
    }

    /// <summary>A tensor with as many slices along its second axis as there shall be.</summary>
    private Tensor Adjusted(Tensor x)
    {
        int[] after = new int[x.Rank];
        // While the number is unknown, enough is added for any.
        after[1] = x.Shape[1] is { } number ? Math.Max(MaxNumber - number, 0) : MaxNumber;
        return NKeras.Images.Cut(NKeras.Images.Pad(x, new int[x.Rank], after, FillValue), 1, 0, MaxNumber);
    }
}
