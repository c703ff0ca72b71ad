using System.Text.Json.Nodes;

namespace NKeras.Layers;

/// <summary>
/// In training, takes the colours out of some images (<c>keras.layers.RandomGrayscale</c>): all channels of a pixel become its brightness.
/// </summary>
/// <remarks>
/// Images (batch, height, width, 3), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are.
/// </remarks>
/// <example><code>
/// Tensor augmented = new RandomGrayscale(0.3, seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class RandomGrayscale : BaseRandomColor
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">How likely it is that an image becomes gray, from 0 to 1.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>random_grayscale</c>, <c>random_grayscale_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="factor"/> is not from 0 to 1, or a format is unknown.</exception>
    public RandomGrayscale(
        double factor = 0.5,
        string? dataFormat = null,
        int? seed = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(seed, dataFormat, boundingBoxFormat, name, trainable, dtype)
    {
        Factor = LayerArguments.Rate(this, factor);
    }

    /// <summary>How likely it is that an image becomes gray.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    // Keras: without the seed.
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        config.Remove("seed");
        return config;
    }

    /// <summary>Whether each image becomes gray, <c>should_apply</c> (batch, 1, 1, 1).</summary>
    // Keras: a tensor without a name.
    internal override Tensors Draw(int batch, RandomSeed seed) => new() { ["should_apply"] = RandomOps.Uniform(new Shape([batch, 1, 1, 1]), seed: seed) < Factor };

    internal override Tensor Change(Tensor images, Tensors transformation) => Ops.Where(transformation["should_apply"], Ops.RgbToGrayscale(images, DataFormat), images);
}
