using NKeras.Core;

namespace NKeras.Layers;

/// <summary>
/// In training, puts a box of another image of the batch in the place of the same box of each image, and blends their labels by its area
/// (<c>keras.layers.CutMix</c>; Yun et al., 2019).
/// </summary>
/// <remarks>
/// Images (batch, height, width, channels), or in the order of <c>dataFormat</c>; alone, or by name with <c>labels</c> (one-hot: (batch, classes)) and
/// <c>segmentation_masks</c>. A single image stays as it is. There is nothing that it does with bounding boxes: they are refused.
/// </remarks>
/// <example><code>
/// Tensors mixed = new CutMix().ApplyAll(new Dictionary&lt;string, Tensor&gt; { ["images"] = images, ["labels"] = Ops.OneHot(classes, 10) }, training: true);
/// </code></example>
public sealed class CutMix : BaseImagePreprocessingLayer
{
    private readonly SeedGenerator _generator;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">
    /// How much the sizes of boxes differ, from 0 (all or nothing) to 1 (any size is as likely): the parameter of the beta distribution that they are drawn from is
    /// itself drawn between the two numbers, or between 0 and the number given. 1 if omitted.
    /// </param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="name">The name; <c>cut_mix</c>, <c>cut_mix_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <param name="boundingBoxFormat">Kept for the layer's configuration.</param>
    /// <exception cref="ArgumentException"><paramref name="factor"/> is not between 0 and 1, or the format is unknown.</exception>
    public CutMix(Factor? factor = null, int? seed = null, string? dataFormat = null, string? boundingBoxFormat = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        Factor = FactorWithin(factor ?? 1.0, 0, 1);
        Seed = seed;
        _generator = AddSeedGenerator(seed);
    }

    /// <summary>How much the sizes of boxes differ.</summary>
    public Factor Factor { get; }

    /// <summary>The seed; null for one from the program's global sequence.</summary>
    public int? Seed { get; }

    /// <summary>
    /// Whom each image gets a box of, <c>permutation_order</c> (batch), where, <c>batch_masks</c> (as the images), and what share of itself an image keeps,
    /// <c>mix_weight</c> (batch).
    /// </summary>
    /// <inheritdoc/>
    public override Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null)
    {
        Tensor images = ImagesOf(data);
        if (!training || images.Rank == 3) return null;
        seed ??= _generator;
        int batch = BatchSizeOf(data);
        (int height, int width) = SizeOf(images);
        Tensor alpha = RandomOps.Uniform([], Factor.First, Factor.Last, ComputeDType, seed) + 1e-6;
        Tensor sides = Ops.Sqrt(1.0 - RandomOps.Beta(new Shape([batch]), alpha, alpha, ComputeDType, seed));
        RandomBoxes boxes = RandomBoxes.Draw(width, height, sides, sides, seed);
        return new()
        {
            ["permutation_order"] = RandomOps.Shuffle(DataDependent.Numbers(0, batch), seed: seed),
            ["batch_masks"] = boxes.Mask(images.Shape, HeightAxis, WidthAxis),
            ["mix_weight"] = 1.0 - (boxes.Area / ((double)width * height)),
        };
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true) =>
        Patched(Ops.Cast(images, ComputeDType), training ? transformation : null);

    /// <inheritdoc/>
    public override Tensor TransformLabels(Tensor labels, Tensors? transformation, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (!training || transformation is null) return labels;
        Tensor share = Ops.Reshape(transformation["mix_weight"], [-1, .. Enumerable.Repeat(1, labels.Rank - 1)]);
        if (labels.DType.IsFloating) share = Ops.Cast(share, labels.DType);
        return (share * labels) + ((1.0 - share) * Partners(labels, transformation));
    }

    /// <summary>Not possible.</summary>
    /// <exception cref="ArgumentException">Always.</exception>
    /// <inheritdoc/>
    public override Tensors TransformBoundingBoxes(Tensors boundingBoxes, Tensors? transformation, bool training = true) =>
        throw new ArgumentException($"Layer '{Name}': CutMix has no way to transform bounding boxes, and was given some. Leave 'bounding_boxes' out of its inputs.", nameof(boundingBoxes));

    /// <summary>Masks get the same box of the other image's. Their classes stay whole.</summary>
    /// <inheritdoc/>
    // Keras: a mask of one channel becomes one with as many as the images have.
    public override Tensor TransformSegmentationMasks(Tensor segmentationMasks, Tensors? transformation, bool training = true) =>
        Patched(segmentationMasks, training ? transformation : null);

    private static Tensor Patched(Tensor x, Tensors? transformation) =>
        transformation is null ? x : Ops.Where(transformation["batch_masks"], Partners(x, transformation), x);

    private static Tensor Partners(Tensor x, Tensors transformation) => Ops.Take(x, transformation["permutation_order"], axis: 0);
}
