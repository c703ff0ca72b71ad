using NKeras.Core;

namespace NKeras.Layers;

/// <summary>
/// The layers that <see cref="RandAugment"/> and <see cref="AugMix"/> choose from. Which one is applied is a number that may be known only when a program
/// runs: then all are compiled, and the one that is chosen is run.
/// </summary>
internal static class Augmentations
{
    private static readonly string[] s_moving = ["random_shear", "random_translation", "random_rotation"];

    /// <summary>The names of RandAugment's layers, in the order in which Keras makes them.</summary>
    public static readonly string[] OfRandAugment =
    [
        .. s_moving, "random_brightness", "random_color_degeneration", "random_contrast", "random_sharpness", "solarization", "random_posterization", "auto_contrast", "equalization",
    ];

    /// <summary>The names of AugMix's layers, likewise.</summary>
    public static readonly string[] OfAugMix = [.. s_moving, "solarization", "random_posterization", "auto_contrast", "equalization"];

    /// <summary>The names of those that AugMix has besides if it is to have all.</summary>
    public static readonly string[] MoreOfAugMix = ["random_brightness", "random_color_degeneration", "random_contrast", "random_sharpness"];

    private static readonly Dictionary<string, Func<Settings, BaseImagePreprocessingLayer>> s_makers = new()
    {
        ["random_shear"] = s => new RandomShear(
            s.Factor, s.Factor, s.Interpolation, seed: s.Seed, dataFormat: s.DataFormat, boundingBoxFormat: s.BoundingBoxFormat, name: s.Name, trainable: s.Trainable, dtype: s.DType),
        ["random_translation"] = s => new RandomTranslation(
            s.Factor, s.Factor, interpolation: s.Interpolation, seed: s.Seed, dataFormat: s.DataFormat, boundingBoxFormat: s.BoundingBoxFormat, name: s.Name, trainable: s.Trainable, dtype: s.DType),
        ["random_rotation"] = s => new RandomRotation(
            s.Factor, interpolation: s.Interpolation, seed: s.Seed, dataFormat: s.DataFormat, boundingBoxFormat: s.BoundingBoxFormat, name: s.Name, trainable: s.Trainable, dtype: s.DType),
        ["random_brightness"] = s => new RandomBrightness(s.Factor, s.ValueRange, seed: s.Seed, dataFormat: s.DataFormat, name: s.Name, trainable: s.Trainable, dtype: s.DType),
        ["random_color_degeneration"] = s => new RandomColorDegeneration(s.Factor, s.ValueRange, seed: s.Seed, dataFormat: s.DataFormat, name: s.Name, trainable: s.Trainable, dtype: s.DType),
        ["random_contrast"] = s => new RandomContrast(s.Factor, s.ValueRange, seed: s.Seed, dataFormat: s.DataFormat, name: s.Name, trainable: s.Trainable, dtype: s.DType),
        ["random_sharpness"] = s => new RandomSharpness(s.Factor, s.ValueRange, seed: s.Seed, dataFormat: s.DataFormat, name: s.Name, trainable: s.Trainable, dtype: s.DType),
        ["solarization"] = s => new Solarization(s.Factor, s.Factor, s.ValueRange, seed: s.Seed, dataFormat: s.DataFormat, name: s.Name, trainable: s.Trainable, dtype: s.DType),
        ["random_posterization"] = s => new RandomPosterization(
            Math.Max(1, (int)(8 * s.Factor.Last)), s.ValueRange, seed: s.Seed, dataFormat: s.DataFormat, name: s.Name, trainable: s.Trainable, dtype: s.DType),
        ["auto_contrast"] = s => new AutoContrast(s.ValueRange, dataFormat: s.DataFormat, name: s.Name, trainable: s.Trainable, dtype: s.DType),
        ["equalization"] = s => new Equalization(s.ValueRange, dataFormat: s.DataFormat, name: s.Name, trainable: s.Trainable, dtype: s.DType),
    };

    /// <summary>What the layers have in common.</summary>
    public sealed record Settings(
        Factor Factor, Factor ValueRange, string Interpolation, int? Seed, string? DataFormat, string? BoundingBoxFormat, string? Name, bool Trainable, DTypePolicy? DType);

    /// <summary>Makes layers.</summary>
    public static BaseImagePreprocessingLayer[] Make(IEnumerable<string> names, Settings settings) => [.. names.Select(n => s_makers[n](settings))];

    /// <summary>Refuses images that one of the layers does not take, whether it is chosen or not.</summary>
    /// <param name="name">The name of the layer that chooses.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="images">The images.</param>
    /// <param name="channelAxis">The axis of their channels.</param>
    /// <exception cref="ArgumentException">They have not three channels, and colors are made gray.</exception>
    public static void CheckChannels(string name, IReadOnlyList<BaseImagePreprocessingLayer> layers, Tensor images, int channelAxis)
    {
        if (layers.OfType<RandomColorDegeneration>().Any() && images.Shape[channelAxis] is { } channels and not 3)
            throw new ArgumentException($"Layer '{name}' takes images of 3 channels (red, green, blue); received {channels} in shape {images.Shape}.", nameof(images));
    }

    /// <summary>Adds a random transformation of each layer to others.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="transformations">Gets them, by the names of the layers' classes.</param>
    /// <param name="path">What stands in front of the names.</param>
    /// <param name="data">What is to be transformed.</param>
    /// <param name="seed">Where randomness comes from.</param>
    public static void Draw(IReadOnlyList<BaseImagePreprocessingLayer> layers, Tensors transformations, string path, Tensors data, RandomSeed seed)
    {
        foreach (BaseImagePreprocessingLayer layer in layers)
        {
            if (layer.GetRandomTransformation(data, training: true, seed) is not { } drawn) continue;
            foreach (string name in drawn.Names!) transformations[$"{path}/{KeyOf(layer)}/{name}"] = drawn[name];
        }
    }

    /// <summary>Applies one of the layers.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="choice">Which, an integer scalar; as many as there are for none.</param>
    /// <param name="x">What it is applied to; structure, shapes and types stay.</param>
    /// <param name="transformations">The random transformations of the layers.</param>
    /// <param name="path">What stands in front of the names of the layers' classes.</param>
    /// <param name="apply">Applies a layer.</param>
    public static Tensors ApplyOne(
        IReadOnlyList<BaseImagePreprocessingLayer> layers, Tensor choice, Tensors x, Tensors transformations, string path, Func<BaseImagePreprocessingLayer, Tensors, Tensors?, Tensors> apply)
    {
        return Ops.Switch(choice, [.. layers.Select(l => (Func<Tensors, Tensors>)(t => Applied(l, t))), t => t], x);

        Tensors Applied(BaseImagePreprocessingLayer layer, Tensors given)
        {
            string own = $"{path}/{KeyOf(layer)}/";
            KeyValuePair<string, Tensor>[] drawn = [.. transformations.Names!.Where(n => n.StartsWith(own, StringComparison.Ordinal)).Select(n => KeyValuePair.Create(n[own.Length..], transformations[n]))];
            Tensors changed = apply(layer, given, drawn.Length == 0 ? null : Tensors.Named(drawn));
            return given.With([.. given.Select((t, i) => Ops.Cast(given.Names is { } names ? changed[names[i]] : changed[i], t.DType))]);
        }
    }

    private static string KeyOf(BaseImagePreprocessingLayer layer) => Naming.ToSnakeCase(layer.ClassName);
}
