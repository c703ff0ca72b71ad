using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class NormalizationCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases
    {
        get
        {
            yield return new()
            {
                Make = () => new BatchNormalization(),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                AutoName = "batch_normalization",
                Trainable = [("gamma", [4]), ("beta", [4])],
                Frozen = [("moving_mean", [4]), ("moving_variance", [4])],
                Mask = [2, 3],
                Updated = ["moving_mean", "moving_variance"],
            };

            yield return new()
            {
                Setting = "another axis, no scale and offset",
                Make = () => new BatchNormalization(axis: 1, center: false, scale: false),
                Inputs = [[2, 3, 4, 5]],
                Output = [[2, 3, 4, 5]],
                Frozen = [("moving_mean", [3]), ("moving_variance", [3])],
                CanBeMasked = false,
                Updated = ["moving_mean", "moving_variance"],
            };

            yield return new()
            {
                Make = () => new LayerNormalization([1, -1]),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                AutoName = "layer_normalization",
                Trainable = [("gamma", [3, 4]), ("beta", [3, 4])],
                Mask = [2, 3],
            };
        }
    }
}
