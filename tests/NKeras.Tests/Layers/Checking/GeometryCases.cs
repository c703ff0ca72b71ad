using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

/// <summary>Layers that resize, cut, turn, move or distort images.</summary>
internal sealed class GeometryCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases =>
    [
        Plain("resizing", () => new Resizing(3, 7), 0, [4, 3, 7, 3]),
        First("cut", () => new Resizing(4, 2, "bicubic", cropToAspectRatio: true, antialias: true, dataFormat: "channels_first", boundingBoxFormat: "xyxy"), 0, [4, 3, 4, 2]),
        First("padded", () => new Resizing(8, 9, "nearest", padToAspectRatio: true, fillValue: 2, dataFormat: "channels_first"), 0, [4, 3, 8, 9]),
        Plain("center_crop", () => new CenterCrop(3, 2), 0, [4, 3, 2, 3]),
        First("larger", () => new CenterCrop(8, 3, dataFormat: "channels_first", boundingBoxFormat: "rel_xyxy"), 0, [4, 3, 8, 3]),
        Plain("random_crop", () => new RandomCrop(6, 5, seed: 1)),
        First("with boxes", () => new RandomCrop(6, 5, dataFormat: "channels_first", boundingBoxFormat: "xywh")),
        Plain("random_flip", () => new RandomFlip(seed: 1)),
        First("horizontal", () => new RandomFlip("horizontal", dataFormat: "channels_first", boundingBoxFormat: "xyxy")),
        Plain("random_rotation", () => new RandomRotation(0.2, seed: 1)),
        First("a pair", () => new RandomRotation((-0.1, 0.3), "constant", "nearest", fillValue: 2, dataFormat: "channels_first", boundingBoxFormat: "xyxy")),
        Plain("random_translation", () => new RandomTranslation(0.2, 0.3, seed: 1)),
        First("a pair", () => new RandomTranslation((-0.1, 0.3), (0.2, 0.4), "wrap", "nearest", dataFormat: "channels_first", boundingBoxFormat: "xyxy")),
        Plain("random_zoom", () => new RandomZoom(0.2, seed: 1)),
        First("a pair", () => new RandomZoom((-0.5, 0.3), (0.2, 0.4), "nearest", "nearest", dataFormat: "channels_first", boundingBoxFormat: "xyxy")),
        Plain("random_shear", () => new RandomShear(0.2, 0.3, seed: 1)),
        First("a pair", () => new RandomShear((0.1, 0.3), (0.2, 0.4), "nearest", "constant", 3, "channels_first", boundingBoxFormat: "xyxy")),
        Plain("random_perspective", () => new RandomPerspective(seed: 1)),
        First("a pair", () => new RandomPerspective((0.2, 0.8), 0.5, "nearest", 3, dataFormat: "channels_first", boundingBoxFormat: "xyxy")),
        Plain("random_elastic_transform", () => new RandomElasticTransform(seed: 1)),
        First("a pair", () => new RandomElasticTransform((0.2, 0.8), (0.3, 0.5), "nearest", "constant", 3, (0, 1), dataFormat: "channels_first")),
    ];

    private static LayerCase Plain(string autoName, Func<Layer> make, int seedStates = 1, Shape? output = null) =>
        new() { Make = make, Inputs = [[4, 6, 5, 3]], Output = [output ?? [4, 6, 5, 3]], AutoName = autoName, SeedStates = seedStates };

    private static LayerCase First(string setting, Func<Layer> make, int seedStates = 1, Shape? output = null) =>
        new() { Setting = setting, Make = make, Inputs = [[4, 3, 6, 5]], Output = [output ?? [4, 3, 6, 5]], SeedStates = seedStates };
}
