using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

/// <summary>Layers that change the colours of images.</summary>
internal sealed class ColorCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases =>
    [
        Plain("random_contrast", () => new RandomContrast(0.5, seed: 1)),
        First("a pair", () => new RandomContrast((0.2, 0.4), (1, 0), dataFormat: "channels_first")),
        Plain("random_brightness", () => new RandomBrightness(0.5, seed: 1)),
        First("a pair", () => new RandomBrightness((0.2, 0.4), (1, 0), dataFormat: "channels_first", boundingBoxFormat: "xyxy")),
        Plain("random_hue", () => new RandomHue(0.5, seed: 1)),
        First("a pair", () => new RandomHue((0.2, 0.4), (1, 0), dataFormat: "channels_first")),
        Plain("random_saturation", () => new RandomSaturation(0.5, seed: 1)),
        First("a pair", () => new RandomSaturation((0.2, 0.4), (0, 1), dataFormat: "channels_first")),
        Plain("random_color_degeneration", () => new RandomColorDegeneration(0.5, seed: 1)),
        First("a pair", () => new RandomColorDegeneration((0.2, 0.4), (1, 0), "channels_first")),
        Plain("random_grayscale", () => new RandomGrayscale(seed: 1)),
        First("more", () => new RandomGrayscale(0.7, "channels_first")),
        Plain("random_sharpness", () => new RandomSharpness(0.4, seed: 1)),
        First("a pair", () => new RandomSharpness((0.2, 0.4), (1, 0), "channels_first")),
        Plain("random_invert", () => new RandomInvert(seed: 1)),
        First("a pair", () => new RandomInvert((0.2, 0.4), (0, 1), dataFormat: "channels_first")),
        Plain("random_posterization", () => new RandomPosterization(4, seed: 1)),
        First("a pair", () => new RandomPosterization((3, 3), (0, 1), "channels_first")),
        Plain("solarization", () => new Solarization(seed: 1)),
        First("pairs", () => new Solarization((0.1, 0.2), 0.5, (0, 1), dataFormat: "channels_first")),
        Plain("random_color_jitter", () => new RandomColorJitter(seed: 1)),
        First("all steps", () => new RandomColorJitter((0, 1), 0.2, (0.2, 0.3), 0.4, (0.1, 0.2), seed: 1, dataFormat: "channels_first"), seedStates: 5),
    ];

    private static LayerCase Plain(string autoName, Func<Layer> make, int seedStates = 1) =>
        new() { Make = make, Inputs = [[4, 6, 5, 3]], Output = [[4, 6, 5, 3]], AutoName = autoName, SeedStates = seedStates };

    private static LayerCase First(string setting, Func<Layer> make, int seedStates = 1) =>
        new() { Setting = setting, Make = make, Inputs = [[4, 3, 6, 5]], Output = [[4, 3, 6, 5]], SeedStates = seedStates };
}
