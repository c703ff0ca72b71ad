using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class RegularizationCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases
    {
        get
        {
            yield return new()
            {
                Make = () => new Dropout(0.5, seed: 3),
                Inputs = [[2, 3]],
                Output = [[2, 3]],
                AutoName = "dropout",
                SeedStates = 1,
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "a shape of noise",
                Make = () => new Dropout(0.5, [null, 1, 4], seed: 3),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                SeedStates = 1,
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "nothing dropped",
                Make = () => new Dropout(0),
                Inputs = [[2, 3]],
                Output = [[2, 3]],
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new SpatialDropout1D(0.5, seed: 3),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                AutoName = "spatial_dropout1d",
                SeedStates = 1,
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new SpatialDropout2D(0.5, seed: 3),
                Inputs = [[2, 3, 5, 4]],
                Output = [[2, 3, 5, 4]],
                AutoName = "spatial_dropout2d",
                SeedStates = 1,
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "channels first",
                Make = () => new SpatialDropout2D(0.5, "channels_first"),
                Inputs = [[2, 3, 5, 4]],
                Output = [[2, 3, 5, 4]],
                SeedStates = 1,
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new SpatialDropout3D(0.5, seed: 3),
                Inputs = [[2, 3, 5, 2, 4]],
                Output = [[2, 3, 5, 2, 4]],
                AutoName = "spatial_dropout3d",
                SeedStates = 1,
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new GaussianDropout(0.5, seed: 3),
                Inputs = [[2, 3]],
                Output = [[2, 3]],
                AutoName = "gaussian_dropout",
                SeedStates = 1,
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new GaussianNoise(0.5, seed: 3),
                Inputs = [[2, 3]],
                Output = [[2, 3]],
                AutoName = "gaussian_noise",
                SeedStates = 1,
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new AlphaDropout(0.5, [null, 1, 4], seed: 3),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                AutoName = "alpha_dropout",
                SeedStates = 1,
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new ActivityRegularization(0.1, 0.2),
                Inputs = [[2, 3]],
                Output = [[2, 3]],
                AutoName = "activity_regularization",
                Losses = 1,
                Mask = [2, 3],
            };
        }
    }
}
