using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class ActivationCases : ILayerCases
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
                Make = () => new Activation("gelu"),
                Inputs = [[2, 3]],
                Output = [[2, 3]],
                AutoName = "activation",
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new ReLU(6, 0.1, 0.5),
                Inputs = [[2, 3]],
                Output = [[2, 3]],
                AutoName = "re_lu",
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new Softmax(1),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                AutoName = "softmax",
                CanBeMasked = false,
            };
        }
    }
}
