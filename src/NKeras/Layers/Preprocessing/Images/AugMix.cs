namespace NKeras.Layers;

/// <summary>
/// In training, mixes images with the results of several random chains of other layers (<c>keras.layers.AugMix</c>; Hendrycks et al., 2019): images vary
/// much, and stay close to what they show.
/// </summary>
/// <remarks>
/// Images (batch, height, width, 3), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape. All images of a batch
/// go through the same chains. Segmentation masks are mixed in the same way, and become floating-point numbers; labels and bounding boxes stay.
/// </remarks>
/// <example><code>
/// Tensor augmented = new AugMix(valueRange: (0, 1), factor: 0.3).Apply(images, training: true);
/// </code></example>
public sealed class AugMix : BaseImagePreprocessingLayer
{
    private const string ChainWeights = "chain_mixing_weights", OwnWeight = "weight_sample", Choices = "chain_choices";

    private readonly SeedGenerator _generator;
    private readonly BaseImagePreprocessingLayer[] _augmentations;

    /// <summary>Creates the layer.</summary>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="numChains">How many chains are mixed.</param>
    /// <param name="chainDepth">How many layers a chain has at most: each of its places gets one, or none.</param>
    /// <param name="factor">How strong the changes are, from 0 to 1: drawn between the two numbers, or between 0 and the number given. 0.3 if omitted.</param>
    /// <param name="alpha">How evenly chains are mixed: the parameter of the Dirichlet and beta distributions that shares are drawn from.</param>
    /// <param name="allOps">Whether brightness, color degeneration, contrast and sharpness can be in a chain, too, besides shear, translation, rotation, solarization, posterization, auto-contrast and equalization.</param>
    /// <param name="interpolation">How pixels that are moved are looked up: <c>"nearest"</c> or <c>"bilinear"</c>.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>aug_mix</c>, <c>aug_mix_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A number is out of range, or an interpolation or format is unknown.</exception>
    public AugMix(
        Factor? valueRange = null,
        int numChains = 3,
        int chainDepth = 3,
        Factor? factor = null,
        double alpha = 1.0,
        bool allOps = true,
        string interpolation = "bilinear",
        int? seed = null,
        string? dataFormat = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        ValueRange = RangeOf(valueRange, sorted: false);
        NumChains = LayerArguments.Positive(this, numChains);
        ChainDepth = (int)LayerArguments.NotNegative(this, chainDepth, nameof(chainDepth));
        Factor = FactorWithin(factor ?? 0.3, 0, 1);
        Alpha = alpha > 0 ? alpha : throw new ArgumentOutOfRangeException(nameof(alpha), $"Layer '{Name}': alpha is greater than zero; received {alpha}.");
        AllOps = allOps;
        Interpolation = interpolation;
        Seed = seed;
        _generator = AddSeedGenerator(seed);
        _augmentations = Augmentations.Make(
            [.. Augmentations.OfAugMix, .. allOps ? Augmentations.MoreOfAugMix : []],
            new(Factor, ValueRange, interpolation, seed, dataFormat, boundingBoxFormat, name, trainable, dtype));
    }

    /// <summary>The least and the greatest value of images.</summary>
    public Factor ValueRange { get; }

    /// <summary>How many chains are mixed.</summary>
    public int NumChains { get; }

    /// <summary>How many layers a chain has at most.</summary>
    public int ChainDepth { get; }

    /// <summary>How strong the changes are.</summary>
    public Factor Factor { get; }

    /// <summary>How evenly chains are mixed.</summary>
    public double Alpha { get; }

    /// <summary>Whether changes of colors are among the layers.</summary>
    public bool AllOps { get; }

    /// <summary>How pixels that are moved are looked up.</summary>
    public string Interpolation { get; }

    /// <summary>The seed; null for one from the program's global sequence.</summary>
    public int? Seed { get; }

    /// <summary>
    /// The shares of the chains, <c>chain_mixing_weights</c> (numChains), that of the images themselves, <c>weight_sample</c>, the numbers of the layers in the chains,
    /// <c>chain_choices</c> (numChains, chainDepth), and the transformations of each layer at each place, as <c>chain_transforms/0/0/random_shear/…</c>.
    /// </summary>
    /// <inheritdoc/>
    // Keras: chooses layers with Python's own random numbers, whatever the seed, and once for all steps of a compiled function.
    public override Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null)
    {
        if (!training) return null;
        Augmentations.CheckChannels(Name, _augmentations, ImagesOf(data), ChannelAxis);
        seed ??= _generator;
        Tensor shares = RandomOps.Gamma([NumChains], Alpha, seed: seed);
        Tensors drawn = new()
        {
            [ChainWeights] = shares / Ops.Sum(shares),
            [OwnWeight] = RandomOps.Beta([], Alpha, Alpha, seed: seed),
            [Choices] = RandomOps.Randint([NumChains, ChainDepth], 0, _augmentations.Length + 1, seed: seed),
        };
        for (int chain = 0; chain < NumChains; chain++)
        {
            for (int place = 0; place < ChainDepth; place++) Augmentations.Draw(_augmentations, drawn, PathOf(chain, place), data, seed);
        }

        return drawn;
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true)
    {
        images = Ops.Cast(images, ComputeDType);
        return training && transformation is not null
            ? Ops.Clip(Mixed(images, transformation, (l, x, t) => l.TransformImages(x[0], t)), ValueRange.First, ValueRange.Last)
            : images;
    }

    /// <inheritdoc/>
    public override Tensor TransformSegmentationMasks(Tensor segmentationMasks, Tensors? transformation, bool training = true) =>
        training && transformation is not null ? Mixed(segmentationMasks, transformation, (l, x, t) => l.TransformSegmentationMasks(x[0], t)) : segmentationMasks;

    private Tensor Mixed(Tensor original, Tensors transformation, Func<BaseImagePreprocessingLayer, Tensors, Tensors?, Tensors> apply)
    {
        Tensor shares = Ops.Cast(transformation[ChainWeights], ComputeDType), own = Ops.Cast(transformation[OwnWeight], ComputeDType);
        Tensor result = original * own;
        for (int chain = 0; chain < NumChains; chain++)
        {
            Tensors changed = original;
            for (int place = 0; place < ChainDepth; place++)
                changed = Augmentations.ApplyOne(_augmentations, transformation[Choices][chain, place], changed, transformation, PathOf(chain, place), apply);
            result += changed[0] * (shares[chain] * (1.0 - own));
        }

        return result;
    }

    private static string PathOf(int chain, int place) => $"chain_transforms/{chain}/{place}";
}
