using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class CoreCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases
    {
        get
        {
            yield return new()
            {
                Make = () => new Dense(5, "relu"),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 5]],
                AutoName = "dense",
                Trainable = [("kernel", [4, 5]), ("bias", [5])],
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "no bias",
                Make = () => new Dense(5, useBias: false),
                Inputs = [[2, 4]],
                Output = [[2, 5]],
                Trainable = [("kernel", [4, 5])],
                Mask = [2, 4],
            };

            yield return new()
            {
                Make = () => new Identity(),
                Inputs = [[2, 3]],
                Output = [[2, 3]],
                AutoName = "identity",
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new Masking(),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                AutoName = "masking",
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "a value for each feature",
                Make = () => new Masking(Tensor.From<float>([1, 2, 3, 4])),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new Embedding(7, 5),
                Inputs = [[2, 3]],
                Output = [[2, 3, 5]],
                AutoName = "embedding",
                Trainable = [("embeddings", [7, 5])],
            };
        }
    }
}
