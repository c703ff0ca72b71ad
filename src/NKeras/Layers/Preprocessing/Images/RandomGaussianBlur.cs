namespace NKeras.Layers;

/// <summary>
/// In training, blurs some images with a Gaussian (<c>keras.layers.RandomGaussianBlur</c>), whose standard deviations are drawn once for all images of a call. Beyond borders is zero.
/// </summary>
/// <remarks>
/// Images (batch, height, width, channels), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are.
/// </remarks>
/// <example><code>
/// Tensor augmented = new RandomGaussianBlur(0.5, kernelSize: 5, sigma: (0.5, 1), seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class RandomGaussianBlur : BaseColorFactor
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">How likely it is that an image is blurred: drawn for each image between the two numbers, or between 0 and the number. From 0 to 1; 1 if omitted.</param>
    /// <param name="kernelSize">Over how many columns and rows the Gaussian reaches: odd numbers; 3 if omitted.</param>
    /// <param name="sigma">
    /// The standard deviation along the rows and that along the columns: drawn between the two numbers, or between 0 and the number. From 0, which does not blur, to 1; 1 if omitted.
    /// </param>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>random_gaussian_blur</c>, <c>random_gaussian_blur_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A factor is out of bounds, <paramref name="kernelSize"/> is not odd, <paramref name="valueRange"/> is no pair, or a format is unknown.</exception>
    public RandomGaussianBlur(
        Factor? factor = null,
        Ints? kernelSize = null,
        Factor? sigma = null,
        Factor? valueRange = null,
        string? dataFormat = null,
        int? seed = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(factor ?? 1.0, (0, 1), valueRange, seed, dataFormat, boundingBoxFormat, name, trainable, dtype, sortedRange: false)
    {
        Ints size = kernelSize ?? 3;
        if (size.Count is not (1 or 2) || size.Any(s => s < 1 || s % 2 == 0))
            throw new ArgumentException($"Layer '{Name}': kernelSize is an odd number, or two of them; received {size}.", nameof(kernelSize));
        KernelSize = (size[0], size[^1]);
        Sigma = FactorWithin(sigma ?? 1.0, 0, 1, nameof(sigma));
    }

    /// <summary>Over how many columns and rows the Gaussian reaches.</summary>
    public Ints KernelSize { get; }

    /// <summary>Between what the standard deviations are.</summary>
    public Factor Sigma { get; }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true) => base.TransformImages(Ops.Cast(images, ComputeDType), transformation, training);

    /// <summary>Whether each image is blurred, <c>should_apply_blur</c> (batch), and the standard deviations along rows and columns, <c>blur_factor</c> (2).</summary>
    internal override Tensors Draw(int batch, RandomSeed seed)
    {
        Tensor likely = DrawFactors(batch, seed);
        Tensor blurs = RandomOps.Uniform(new Shape([batch]), seed: seed) < likely;
        return new() { ["should_apply_blur"] = blurs, ["blur_factor"] = RandomOps.Uniform([2], Sigma.First, Sigma.Last, ComputeDType, seed) + 1e-6 };
    }

    internal override Tensor Change(Tensor images, Tensors transformation)
    {
        Tensor blurred = Ops.GaussianBlurBy(images, KernelSize, transformation["blur_factor"], DataFormat);
        return InRange(Ops.Where(ToPixels(transformation["should_apply_blur"], DType.Bool), blurred, images));
    }
}
