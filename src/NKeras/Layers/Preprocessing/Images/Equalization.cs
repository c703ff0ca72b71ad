using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// In training, which a call of this layer is unless it says otherwise, makes all values of a channel about as frequent (<c>keras.layers.Equalization</c>): equalises the histogram of
/// each channel, in which all images of the batch count together.
/// </summary>
/// <remarks>
/// Images (batch, height, width, channels), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are. There are no
/// gradients.
/// </remarks>
/// <example><code>
/// Tensor clear = new Equalization(valueRange: (0, 1)).Apply(images, training: true);
/// </code></example>
public sealed class Equalization : BaseImagePreprocessingLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="bins">Of how many intervals of values the histogram is.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>equalization</c>, <c>equalization_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="valueRange"/> is no pair, <paramref name="bins"/> is not positive, or a format is unknown.</exception>
    public Equalization(
        Factor? valueRange = null,
        int bins = 256,
        string? dataFormat = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        ValueRange = RangeOf(valueRange);
        Bins = LayerArguments.Positive(this, bins);
    }

    /// <summary>The least and the greatest value of images.</summary>
    public Factor ValueRange { get; }

    /// <summary>Of how many intervals of values the histogram is.</summary>
    public int Bins { get; }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => base.GetConfig().Moved("bins", "value_range");

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (!training) return images;
        images = Ops.Cast(images, ComputeDType);
        // Sizes are known where there are numbers.
        if (!images.Shape.IsKnown) return images;
        Tensor x = Scaled(images, ValueRange, (0, 255));
        // Each channel has a stretch of its own among the counts.
        int[] dims = [1, 1, 1, 1];
        int channels = dims[images.Rank + ChannelAxis] = images.Shape.Dims[images.Rank + ChannelAxis];
        Tensor first = Tensor.From<int>([.. Enumerable.Range(0, channels).Select(c => c * Bins)], new Shape(dims));
        Tensor bins = first + Ops.Clip(Ops.Cast(Ops.Cast(x, DType.Float32) * (Bins - 1) / 255.0, DType.Int32), 0, Bins - 1);
        Tensor counts = Ops.Reshape(Ops.SegmentSum(Ops.Ones([bins.Shape.Size], DType.Int32), Ops.Reshape(bins, [-1]), channels * Bins), [channels, Bins]);
        Tensor places = first + Ops.Cast(Ops.Clip(x / 255.0 * (Bins - 1), 0, Bins - 1), DType.Int32);
        Tensor isConstant = Ops.Reshape(Ops.CountNonzero(counts, axis: 1) <= 1, new Shape(dims));
        return Ops.Cast(Scaled(Ops.Where(isConstant, x, Ops.Take(Levels(counts), places)), (0, 255), ValueRange), ComputeDType);
    }

    /// <summary>What becomes of each interval of values of each channel.</summary>
    private static Tensor Levels(Tensor counts)
    {
        Tensor below = Ops.Cumsum(counts, axis: 1);
        Tensor first = Ops.Min(Ops.Where(below > 0, below, int.MaxValue), axis: 1, keepdims: true);
        Tensor others = Ops.Maximum(Ops.Max(below, axis: 1, keepdims: true) - first, 1);
        return Ops.Clip(Ops.Round(Ops.Cast(below - first, DType.Float32) * 255.0 / Ops.Cast(others, DType.Float32)), 0.0, 255.0);
    }

    // Keras: computes otherwise than when other layers change ranges. What is lost in rounding would move pixels to the next interval.
    private static Tensor Scaled(Tensor x, Factor from, Factor to)
    {
        double scale = (to.Last - to.First) / (from.Last - from.First);
        return (x * scale) + (to.First - (from.First * scale));
    }
}
