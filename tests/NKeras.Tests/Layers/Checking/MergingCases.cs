using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class MergingCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases
    {
        get
        {
            yield return new()
            {
                Make = () => new Add(),
                Inputs = [[2, 3, 4], [2, 1, 4], [2, 4]],
                Output = [[2, 3, 4]],
                AutoName = "add",
            };

            yield return new()
            {
                Make = () => new Concatenate(1),
                Inputs = [[2, 3, 4], [2, 1, 4]],
                Output = [[2, 4, 4]],
                AutoName = "concatenate",
            };

            yield return new()
            {
                Make = () => new Subtract(),
                Inputs = [[2, 3, 4], [2, 4]],
                Output = [[2, 3, 4]],
                AutoName = "subtract",
            };

            yield return new()
            {
                Make = () => new Multiply(),
                Inputs = [[2, 3, 4], [2, 1, 4], [2, 4]],
                Output = [[2, 3, 4]],
                AutoName = "multiply",
            };

            yield return new()
            {
                Make = () => new Average(),
                Inputs = [[2, 3, 4], [2, 1, 4], [2, 4]],
                Output = [[2, 3, 4]],
                AutoName = "average",
            };

            yield return new()
            {
                Make = () => new Maximum(),
                Inputs = [[2, 3, 4], [2, 1, 4], [2, 4]],
                Output = [[2, 3, 4]],
                AutoName = "maximum",
            };

            yield return new()
            {
                Make = () => new Minimum(),
                Inputs = [[2, 3, 4], [2, 1, 4], [2, 4]],
                Output = [[2, 3, 4]],
                AutoName = "minimum",
            };

            yield return new()
            {
                Make = () => new Dot((2, 1), normalize: true),
                Inputs = [[2, 3, 4], [2, 4, 5]],
                Output = [[2, 3, 5]],
                AutoName = "dot",
            };

            yield return new()
            {
                Setting = "masked",
                Make = () => new Add(),
                Inputs = [[2, 3, 4], [2, 3, 4], [2, 3, 4]],
                Output = [[2, 3, 4]],
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "masked",
                Make = () => new Subtract(),
                Inputs = [[2, 3, 4], [2, 3, 4]],
                Output = [[2, 3, 4]],
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "masked",
                Make = () => new Multiply(),
                Inputs = [[2, 3, 4], [2, 3, 4], [2, 3, 4]],
                Output = [[2, 3, 4]],
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "masked",
                Make = () => new Average(),
                Inputs = [[2, 3, 4], [2, 3, 4], [2, 3, 4]],
                Output = [[2, 3, 4]],
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "masked",
                Make = () => new Maximum(),
                Inputs = [[2, 3, 4], [2, 3, 4], [2, 3, 4]],
                Output = [[2, 3, 4]],
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "masked",
                Make = () => new Minimum(),
                Inputs = [[2, 3, 4], [2, 3, 4], [2, 3, 4]],
                Output = [[2, 3, 4]],
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "masked",
                Make = () => new Concatenate(),
                Inputs = [[2, 3, 4], [2, 3, 2]],
                Output = [[2, 3, 6]],
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "one axis, vectors",
                Make = () => new Dot(-1),
                Inputs = [[2, 3], [2, 3]],
                Output = [[2, 1]],
            };
        }
    }
}
