using System.Runtime.CompilerServices;

namespace NKeras.Layers;

/// <summary>
/// In training, changes brightness, contrast, saturation and hue of images, one after the other, of which each can be left out (<c>keras.layers.RandomColorJitter</c>).
/// </summary>
/// <remarks>
/// Images (batch, height, width, 3), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are.
/// </remarks>
/// <example><code>
/// Tensor augmented = new RandomColorJitter(brightnessFactor: 0.2, hueFactor: 0.1, seed: 1).Apply(images, training: true);
/// </code></example>
public sealed class RandomColorJitter : BaseRandomColor
{
    private readonly RandomBrightness? _randomBrightness;
    private readonly RandomContrast? _randomContrast;
    private readonly RandomSaturation? _randomSaturation;
    private readonly RandomHue? _randomHue;

    /// <summary>Creates the layer.</summary>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="brightnessFactor">The factor of <see cref="RandomBrightness"/>; if omitted, the brightness stays.</param>
    /// <param name="contrastFactor">The factor of <see cref="RandomContrast"/>; if omitted, the contrast stays.</param>
    /// <param name="saturationFactor">The factor of <see cref="RandomSaturation"/>; if omitted, the saturation stays.</param>
    /// <param name="hueFactor">The factor of <see cref="RandomHue"/>; if omitted, the hue stays.</param>
    /// <param name="seed">The seed; from the program's global sequence if omitted.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>random_color_jitter</c>, <c>random_color_jitter_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A factor is out of bounds, <paramref name="valueRange"/> is no pair, or a format is unknown.</exception>
    public RandomColorJitter(
        Factor? valueRange = null,
        Factor? brightnessFactor = null,
        Factor? contrastFactor = null,
        Factor? saturationFactor = null,
        Factor? hueFactor = null,
        int? seed = null,
        string? dataFormat = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(seed, dataFormat, boundingBoxFormat, name, trainable, dtype)
    {
        ValueRange = RangeOf(valueRange, sorted: false);
        (BrightnessFactor, ContrastFactor, SaturationFactor, HueFactor) = (brightnessFactor, contrastFactor, saturationFactor, hueFactor);
        // Keras: the steps have the global data format and type, whatever this layer's are.
        _randomBrightness = Step(brightnessFactor, f => new RandomBrightness(f, ValueRange, seed, DataFormat, dtype: DTypePolicy));
        _randomContrast = Step(contrastFactor, f => new RandomContrast(f, ValueRange, seed, DataFormat, dtype: DTypePolicy));
        _randomSaturation = Step(saturationFactor, f => new RandomSaturation(f, ValueRange, DataFormat, seed, dtype: DTypePolicy));
        _randomHue = Step(hueFactor, f => new RandomHue(f, ValueRange, DataFormat, seed, dtype: DTypePolicy));
    }

    /// <summary>The least and the greatest value of images.</summary>
    public Factor ValueRange { get; }

    /// <summary>The factor of the brightness; null if it stays.</summary>
    public Factor? BrightnessFactor { get; }

    /// <summary>The factor of the contrast; null if it stays.</summary>
    public Factor? ContrastFactor { get; }

    /// <summary>The factor of the saturation; null if it stays.</summary>
    public Factor? SaturationFactor { get; }

    /// <summary>The factor of the hue; null if it stays.</summary>
    public Factor? HueFactor { get; }

    private IEnumerable<(string Name, BaseColorFactor Layer)> Steps => new (string Name, BaseColorFactor? Layer)[]
    {
        ("brightness", _randomBrightness), ("contrast", _randomContrast), ("saturation", _randomSaturation), ("hue", _randomHue),
    }.Where(s => s.Layer != null)!;

    /// <summary>What the steps draw, such as <c>brightness/rgb_delta</c>.</summary>
    // Keras: draws when images are transformed, and says nothing of it before.
    internal override Tensors Draw(int batch, RandomSeed seed)
    {
        Tensors drawn = [];
        foreach ((string name, BaseColorFactor layer) in Steps)
        {
            Tensors step = layer.Draw(batch, seed);
            foreach (string key in step.Names!) drawn[$"{name}/{key}"] = step[key];
        }

        return drawn;
    }

    internal override Tensor Change(Tensor images, Tensors transformation)
    {
        images = Ops.Cast(images, ComputeDType);
        foreach ((string name, BaseColorFactor layer) in Steps)
        {
            Tensors step = [];
            foreach (string key in transformation.Names!.Where(n => n.StartsWith(name + "/", StringComparison.Ordinal))) step[key[(name.Length + 1)..]] = transformation[key];
            images = layer.Change(images, step);
        }

        return images;
    }

    private T? Step<T>(Factor? factor, Func<Factor, T> make, [CallerArgumentExpression(nameof(factor))] string argument = "")
        where T : BaseColorFactor
    {
        try
        {
            return factor is null ? null : make(factor);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"Layer '{Name}': {argument} is not valid. {e.Message}", argument, e);
        }
    }
}
