using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class LambdaCases : ILayerCases
{
    private static readonly TensorFunction s_twice = x => x * 2;
    private static readonly Func<Tensors, Tensors> s_product = x => x[0] * x[1];
    private static readonly Func<LambdaCall, Tensors> s_scaled = call => call.Inputs[0] * (double)call.Arguments["by"]!;
    private static readonly Func<Tensors, Tensors?, Tensors?> s_mask = (_, mask) => mask;

    static LambdaCases()
    {
        Utils.RegisterKerasSerializable(s_twice, "checks", "twice");
        Utils.RegisterKerasSerializable(s_product, "checks", "product");
        Utils.RegisterKerasSerializable(s_scaled, "checks", "scaled");
        Utils.RegisterKerasSerializable(s_mask, "checks", "mask");
    }

    public IEnumerable<LayerCase> Cases
    {
        get
        {
            yield return new()
            {
                Make = () => new Lambda(s_twice),
                Inputs = [[2, 3]],
                Output = [[2, 3]],
                AutoName = "lambda",
            };

            yield return new()
            {
                Setting = "several inputs",
                Make = () => new Lambda(s_product, outputShape: [3]),
                Inputs = [[2, 3], [2, 3]],
                Output = [[2, 3]],
            };

            yield return new()
            {
                Setting = "arguments and a mask",
                Make = () => new Lambda(s_scaled, mask: s_mask, arguments: new Dictionary<string, object?> { ["by"] = 2.5 }),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                Mask = [2, 3],
            };
        }
    }
}
