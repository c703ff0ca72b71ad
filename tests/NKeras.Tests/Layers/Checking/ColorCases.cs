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
    ];

    private static LayerCase Plain(string autoName, Func<Layer> make, int seedStates = 1) =>
        new() { Make = make, Inputs = [[4, 6, 5, 3]], Output = [[4, 6, 5, 3]], AutoName = autoName, SeedStates = seedStates };

    private static LayerCase First(string setting, Func<Layer> make, int seedStates = 1) =>
        new() { Setting = setting, Make = make, Inputs = [[4, 3, 6, 5]], Output = [[4, 3, 6, 5]], SeedStates = seedStates };
}
