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

            yield return new()
            {
                Setting = "batch renormalization",
                Make = () => new BatchNormalization(renorm: true, renormClipping: new Dictionary<string, double> { ["rmin"] = 0.5, ["rmax"] = 2, ["dmax"] = 1 }),
                Inputs = [[4, 3, 5]],
                Output = [[4, 3, 5]],
                Trainable = [("gamma", [5]), ("beta", [5])],
                Frozen = [("moving_mean", [5]), ("moving_variance", [5]), ("moving_stddev", [5]), ("renorm_mean", [5]), ("renorm_stddev", [5])],
                Mask = [4, 3],
                Updated = ["moving_mean", "moving_variance", "moving_stddev", "renorm_mean", "renorm_stddev"],
            };

            yield return new()
            {
                Setting = "penalties and constraints",
                Make = () => new BatchNormalization(betaRegularizer: "l2", gammaRegularizer: "l1", betaConstraint: "non_neg", gammaConstraint: "max_norm", betaInitializer: "ones"),
                Inputs = [[4, 5]],
                Output = [[4, 5]],
                Trainable = [("gamma", [5]), ("beta", [5])],
                Frozen = [("moving_mean", [5]), ("moving_variance", [5])],
                Losses = 2,
                Mask = [4, 5],
                CanBeMasked = false,
                Updated = ["moving_mean", "moving_variance"],
            };

            yield return new()
            {
                Setting = "divided only",
                Make = () => new LayerNormalization(rmsScaling: true),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                Trainable = [("gamma", [4])],
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new GroupNormalization(groups: 2),
                Inputs = [[2, 3, 5, 4]],
                Output = [[2, 3, 5, 4]],
                AutoName = "group_normalization",
                Trainable = [("gamma", [4]), ("beta", [4])],
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "each channel a group, channels first",
                Make = () => new GroupNormalization(groups: -1, axis: 1, center: false),
                Inputs = [[2, 4, 3, 5]],
                Output = [[2, 4, 3, 5]],
                Trainable = [("gamma", [4])],
                Mask = [2, 4],
                AllowsUnknown = false,
            };

            yield return new()
            {
                Make = () => new RMSNormalization(),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                AutoName = "rms_normalization",
                Trainable = [("scale", [4])],
            };

            yield return new()
            {
                Setting = "several axes",
                Make = () => new RMSNormalization([-1, 1], 1e-3),
                Inputs = [[2, 3, 5, 4]],
                Output = [[2, 3, 5, 4]],
                Trainable = [("scale", [3, 4])],
                AllowsUnknown = false,
            };

            yield return new()
            {
                Make = () => new UnitNormalization([1, 2]),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                AutoName = "unit_normalization",
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new SpectralNormalization(new Dense(3)),
                Inputs = [[2, 4]],
                Output = [[2, 3]],
                AutoName = "spectral_normalization",
                Trainable = [("dense/kernel", [4, 3]), ("dense/bias", [3])],
                Frozen = [("vector_u", [1, 3])],
                Updated = ["vector_u", "dense/kernel"],
            };

            yield return new()
            {
                Setting = "a convolution",
                Make = () => new SpectralNormalization(new Conv2D(3, 2, useBias: false), powerIterations: 3),
                Inputs = [[2, 5, 5, 4]],
                Output = [[2, 4, 4, 3]],
                Trainable = [("conv2d/kernel", [2, 2, 4, 3])],
                Frozen = [("vector_u", [1, 3])],
                Updated = ["vector_u", "conv2d/kernel"],
            };

            yield return new()
            {
                Setting = "an embedding",
                Make = () => new SpectralNormalization(new Embedding(7, 3)),
                Inputs = [[2, 4]],
                Below = 7,
                Output = [[2, 4, 3]],
                Trainable = [("embedding/embeddings", [7, 3])],
                Frozen = [("vector_u", [1, 3])],
                Updated = ["vector_u", "embedding/embeddings"],
            };
        }
    }
}
