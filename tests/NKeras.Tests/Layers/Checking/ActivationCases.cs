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

            yield return new()
            {
                Setting = "several axes",
                Make = () => new Softmax([1, -1]),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                CanBeMasked = false,
            };

            yield return new()
            {
                Make = () => new ELU(0.5),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                AutoName = "elu",
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new LeakyReLU(),
                Inputs = [[2, 3]],
                Output = [[2, 3]],
                AutoName = "leaky_re_lu",
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new PReLU(),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                AutoName = "p_re_lu",
                Trainable = [("alpha", [3, 4])],
                Mask = [2, 3],
                AllowsUnknown = false,
            };

            yield return new()
            {
                Setting = "shared axes",
                Make = () => new PReLU("ones", "l1", "non_neg", [1, 2]),
                Inputs = [[2, 3, 5, 4]],
                Output = [[2, 3, 5, 4]],
                Trainable = [("alpha", [1, 1, 4])],
                Losses = 1,
                Mask = [2, 3],
            };
        }
    }
}
