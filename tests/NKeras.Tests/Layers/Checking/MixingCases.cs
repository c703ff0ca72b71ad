using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

/// <summary>Layers that mix images, choose among other layers, or chain them.</summary>
internal sealed class MixingCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases =>
    [
        new() { Make = () => new MixUp(seed: 1), Inputs = [[4, 6, 5, 3]], Output = [[4, 6, 5, 3]], AutoName = "mix_up", SeedStates = 1 },
        new() { Setting = "more", Make = () => new MixUp(1.5, "channels_first", boundingBoxFormat: "xyxy"), Inputs = [[4, 3, 6, 5]], Output = [[4, 3, 6, 5]], SeedStates = 1 },
        new() { Make = () => new CutMix(seed: 1), Inputs = [[4, 6, 5, 3]], Output = [[4, 6, 5, 3]], AutoName = "cut_mix", SeedStates = 1 },
        new() { Setting = "between", Make = () => new CutMix((0.2, 0.5), dataFormat: "channels_first"), Inputs = [[4, 3, 6, 5]], Output = [[4, 3, 6, 5]], SeedStates = 1 },
        new() { Make = () => new RandomErasing(seed: 1), Inputs = [[4, 6, 5, 3]], Output = [[4, 6, 5, 3]], AutoName = "random_erasing", SeedStates = 1 },
        new()
        {
            Setting = "filled",
            Make = () => new RandomErasing((0.5, 1), 0.5, [1, 2, 3], (0, 1), dataFormat: "channels_first"),
            Inputs = [[4, 3, 6, 5]],
            Output = [[4, 3, 6, 5]],
            SeedStates = 1,
        },
        new() { Make = () => new MaxNumBoundingBoxes(4), Inputs = [[4, 6, 5, 3]], Output = [[4, 6, 5, 3]], AutoName = "max_num_bounding_boxes", CanBeMasked = false },
        new() { Setting = "filled", Make = () => new MaxNumBoundingBoxes(4, 0, "xywh"), Inputs = [[4, 6, 5, 3]], Output = [[4, 6, 5, 3]], CanBeMasked = false },
        new() { Make = () => new RandAugment(seed: 1), Inputs = [[4, 6, 5, 3]], Output = [[4, 6, 5, 3]], AutoName = "rand_augment", SeedStates = 10 },
        new()
        {
            Setting = "slight",
            Make = () => new RandAugment((0, 1), 3, (0.1, 0.2), "nearest", dataFormat: "channels_first"),
            Inputs = [[4, 3, 6, 5]],
            Output = [[4, 3, 6, 5]],
            SeedStates = 10,
        },
        new() { Make = () => new AugMix(seed: 1), Inputs = [[4, 6, 5, 3]], Output = [[4, 6, 5, 3]], AutoName = "aug_mix", SeedStates = 10 },
        new()
        {
            Setting = "few",
            Make = () => new AugMix((0, 1), 2, 1, (0.1, 0.2), 0.5, false, "nearest", dataFormat: "channels_first"),
            Inputs = [[4, 3, 6, 5]],
            Output = [[4, 3, 6, 5]],
            SeedStates = 6,
        },
        new()
        {
            Make = () => new Pipeline([new RandomErasing(seed: 1), new Cropping2D(1)]),
            Inputs = [[4, 6, 5, 3]],
            Output = [[4, 4, 3, 3]],
            AutoName = "pipeline",
            SeedStates = 1,
        },
        new()
        {
            Setting = "of layers with weights",
            Make = () => new Pipeline([new Conv2D(2, 3, useBias: false), new Pipeline([new BatchNormalization()])]),
            Inputs = [[4, 6, 5, 3]],
            Output = [[4, 4, 3, 2]],
            Trainable = [("conv2d/kernel", [3, 3, 3, 2]), ("pipeline/batch_normalization/gamma", [2]), ("pipeline/batch_normalization/beta", [2])],
            Frozen = [("pipeline/batch_normalization/moving_mean", [2]), ("pipeline/batch_normalization/moving_variance", [2])],
            Updated = ["pipeline/batch_normalization/moving_mean", "pipeline/batch_normalization/moving_variance"],
        },
    ];
}
