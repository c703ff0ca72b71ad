using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class ReshapingCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases
    {
        get
        {
            yield return new()
            {
                Make = () => new Flatten(),
                Inputs = [[2, 3, 4, 5]],
                Output = [[2, 60]],
                AutoName = "flatten",
            };

            yield return new()
            {
                Make = () => new Reshape([-1, 6]),
                Inputs = [[2, 3, 4]],
                Output = [[2, 2, 6]],
                AutoName = "reshape",
            };
        }
    }
}
