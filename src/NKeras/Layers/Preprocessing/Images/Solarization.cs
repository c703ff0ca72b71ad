using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// In training, inverts the pixels of images that are brighter than a threshold (<c>keras.layers.Solarization</c>).
/// </summary>
/// <remarks>
/// Images (batch, height, width, channels), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are.
/// </remarks>
/// <example><code>
/// Tensor augmented = new Solarization(thresholdFactor: 0.5, seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class Solarization : BaseRandomColor
{
    /// <summary>Creates the layer.</summary>
    /// <param name="additionFactor">
    /// What is added to pixels first, as a share of the range of values: drawn for each image between the two numbers, or between 0 and the number. From 0 to 1; 0 if omitted.
    /// </param>
    /// <param name="thresholdFactor">
    /// The threshold, as a share of the range of values: drawn for each image between the two numbers, or between 0 and the number. From 0 to 1; 0 if omitted, with which all
    /// pixels are inverted.
    /// </param>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>solarization</c>, <c>solarization_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A factor is not from 0 to 1, <paramref name="valueRange"/> is no pair, or a format is unknown.</exception>
    public Solarization(
        Factor? additionFactor = null,
        Factor? thresholdFactor = null,
        Factor? valueRange = null,
        int? seed = null,
        string? dataFormat = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(seed, dataFormat, boundingBoxFormat, name, trainable, dtype)
    {
        AdditionFactor = Share(additionFactor, nameof(additionFactor));
        ThresholdFactor = Share(thresholdFactor, nameof(thresholdFactor));
        ValueRange = RangeOf(valueRange);
    }

    /// <summary>What is added to pixels, as a share of the range of values.</summary>
    public Factor AdditionFactor { get; }

    /// <summary>The threshold, as a share of the range of values.</summary>
    public Factor ThresholdFactor { get; }

    /// <summary>The least and the greatest value of images.</summary>
    public Factor ValueRange { get; }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true) => base.TransformImages(Ops.Cast(images, ComputeDType), transformation, training);

    /// <inheritdoc/>
    public override JsonObject GetConfig() => base.GetConfig().Moved("value_range", "addition_factor");

    /// <summary>What is added to each image, and its threshold, in a range from 0 to 255: <c>additions</c> and <c>thresholds</c> (batch, 1, 1, 1).</summary>
    internal override Tensors Draw(int batch, RandomSeed seed)
    {
        Tensor additions = Uniform(AdditionFactor);
        return new() { ["additions"] = additions, ["thresholds"] = Uniform(ThresholdFactor) };

        // Keras: what is drawn begins at the first of two numbers itself, not at 255 times as much.
        Tensor Uniform(Factor factor) => RandomOps.Uniform(new Shape([batch, 1, 1, 1]), factor.First, factor.Last * 255, ComputeDType, seed);
    }

    internal override Tensor Change(Tensor images, Tensors transformation)
    {
        Tensor x = Ops.Clip(TransformValueRange(images, ValueRange, (0, 255)) + transformation["additions"], 0.0, 255.0);
        return TransformValueRange(Ops.Where(x < transformation["thresholds"], x, 255.0 - x), (0, 255), ValueRange);
    }

    private Factor Share(Factor? factor, string argument)
    {
        factor ??= 0.0;
        if (!factor.All(f => f is >= 0 and <= 1))
            throw new ArgumentException($"Layer '{Name}': {argument} is a number or a pair of numbers from 0 to 1; received {factor}.", argument);
        return factor.IsNumber ? (0, factor.First) : (factor.Min(), factor.Max());
    }
}
