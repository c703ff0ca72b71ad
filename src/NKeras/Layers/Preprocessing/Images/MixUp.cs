using NKeras.Core;

namespace NKeras.Layers;

/// <summary>
/// In training, blends each image of a batch with another one of it, and their labels in the same proportion (<c>keras.layers.MixUp</c>;
/// Zhang et al., 2017; with bounding boxes, He et al., 2019).
/// </summary>
/// <remarks>
/// Images (batch, height, width, channels), or in the order of <c>dataFormat</c>; alone, or by name with <c>labels</c> (one-hot: (batch, classes)),
/// <c>segmentation_masks</c> and <c>bounding_boxes</c>. Shapes stay, but that an image gets the boxes of both. Labels and masks that were whole numbers become
/// floating-point numbers.
/// </remarks>
/// <example><code>
/// Tensors mixed = new MixUp(alpha: 0.2).ApplyAll(new Dictionary&lt;string, Tensor&gt; { ["images"] = images, ["labels"] = Ops.OneHot(classes, 10) }, training: true);
/// </code></example>
public sealed class MixUp : BaseImagePreprocessingLayer
{
    private readonly SeedGenerator _generator;

    /// <summary>Creates the layer.</summary>
    /// <param name="alpha">How much is blended: shares are drawn from the beta distribution with this for both parameters. 0 leaves images as they are.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>mix_up</c>, <c>mix_up_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="alpha"/> is negative, or a format is unknown.</exception>
    public MixUp(double alpha = 0.2, string? dataFormat = null, int? seed = null, string? boundingBoxFormat = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        Alpha = LayerArguments.NotNegative(this, alpha);
        Seed = seed;
        _generator = AddSeedGenerator(seed);
    }

    /// <summary>How much is blended.</summary>
    public double Alpha { get; }

    /// <summary>The seed; null for one from the program's global sequence.</summary>
    public int? Seed { get; }

    /// <summary>Whom each image is blended with, <c>permutation_order</c> (batch), and what share it keeps, <c>mix_weight</c> (batch).</summary>
    /// <inheritdoc/>
    public override Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null)
    {
        if (!training) return null;
        seed ??= _generator;
        int batch = BatchSizeOf(data);
        Tensor order = RandomOps.Shuffle(DataDependent.Numbers(0, batch), seed: seed);
        return new()
        {
            // Keras: has no numbers of the beta distribution with 0, or NaN.
            ["mix_weight"] = Alpha == 0 ? Tensor.From([1f]) : RandomOps.Beta(new Shape([batch]), Alpha, Alpha, seed: seed),
            ["permutation_order"] = order,
        };
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true) =>
        training && transformation is not null ? Blended(Ops.Cast(images, ComputeDType), transformation) : images;

    /// <inheritdoc/>
    public override Tensor TransformLabels(Tensor labels, Tensors? transformation, bool training = true) =>
        training && transformation is not null ? Blended(labels, transformation) : labels;

    /// <summary>An image gets the boxes of both, its own first.</summary>
    /// <inheritdoc/>
    // Keras: puts the labels of the added boxes behind those of the whole batch, where they belong to no box.
    public override Tensors TransformBoundingBoxes(Tensors boundingBoxes, Tensors? transformation, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(boundingBoxes);
        return training && transformation is not null ? boundingBoxes.Select(t => Ops.Concatenate([t, Partners(t, transformation)], axis: 1)) : boundingBoxes;
    }

    /// <summary>Masks are blended as the images are.</summary>
    /// <inheritdoc/>
    // Keras: takes the other masks from an array laid flat, one number of it for each.
    public override Tensor TransformSegmentationMasks(Tensor segmentationMasks, Tensors? transformation, bool training = true) =>
        training && transformation is not null ? Blended(segmentationMasks, transformation) : segmentationMasks;

    private static Tensor Blended(Tensor x, Tensors transformation)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor share = Ops.Reshape(transformation["mix_weight"], [-1, .. Enumerable.Repeat(1, x.Rank - 1)]);
        if (x.DType.IsFloating) share = Ops.Cast(share, x.DType);
        return (share * x) + ((1.0 - share) * Partners(x, transformation));
    }

    private static Tensor Partners(Tensor x, Tensors transformation) => Ops.Take(x, transformation["permutation_order"], axis: 0);
}
