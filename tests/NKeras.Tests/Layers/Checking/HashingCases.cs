using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class HashingCases : ILayerCases
{
    private static readonly string[] s_texts = ["omar", "stringer", "marlo", "wire", "skywalker", "", "Ω"];

    public IEnumerable<LayerCase> Cases
    {
        get
        {
            yield return new()
            {
                Make = () => new Hashing(7),
                Inputs = [[2, 3]],
                Texts = s_texts,
                Output = [[2, 3]],
                AutoName = "hashing",
                Trains = false,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "rows of numbers with a mask and a salt",
                Make = () => new Hashing(7, maskValue: 3, salt: (5, 9), outputMode: "multi_hot"),
                Inputs = [[2, 3]],
                Below = 20,
                Output = [[2, 7]],
            };

            yield return new()
            {
                Setting = "one hot",
                Make = () => new Hashing(7, outputMode: "one_hot"),
                Inputs = [[2, 3]],
                Texts = s_texts,
                Output = [[2, 3, 7]],
            };

            yield return new()
            {
                Make = () => new HashedCrossing(5),
                Inputs = [[4, 1], [4, 1]],
                Texts = s_texts,
                Output = [[4, 1]],
                AutoName = "hashed_crossing",
                Trains = false,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "one hot",
                Make = () => new HashedCrossing(5, outputMode: "one_hot"),
                Inputs = [[4], [4], [4]],
                Below = 9,
                Output = [[4, 5]],
                Mixes = false,
            };
        }
    }
}
