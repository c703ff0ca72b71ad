using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class LookupCases : ILayerCases
{
    private static readonly string[] s_texts = ["a", "b", "c", "d", "zebra", "", "Ω"];

    public IEnumerable<LayerCase> Cases
    {
        get
        {
            yield return new()
            {
                Make = () => new StringLookup(vocabulary: ["a", "b", "c"]),
                Inputs = [[2, 3]],
                Texts = s_texts,
                Output = [[2, 3]],
                OutputType = DType.Int64,
                AutoName = "string_lookup",
                Trains = false,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "rows with a mask and several places for unknown texts",
                Make = () => new StringLookup(maxTokens: 12, numOovIndices: 3, maskToken: "", vocabulary: ["a", "b", "c"], outputMode: "count", padToMaxTokens: true, salt: [1, 2]),
                Inputs = [[2, 3]],
                Texts = s_texts,
                Output = [[2, 12]],
                OutputType = DType.Float32,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "weights",
                Make = () => new StringLookup(vocabulary: ["a", "b", "c"], outputMode: "tf_idf", idfWeights: [0.5, 0.25, 2]),
                Inputs = [[4, 3]],
                Texts = s_texts,
                Output = [[4, 4]],
                OutputType = DType.Float32,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "inverse",
                Make = () => new StringLookup(vocabulary: ["a", "b", "c"], maskToken: "", invert: true),
                Inputs = [[2, 3]],
                Below = 7,
                Output = [[2, 3]],
                OutputType = DType.String,
                Trains = false,
                Mixes = false,
            };

            yield return new()
            {
                Make = () => new IntegerLookup(vocabulary: [3, 1, 40], maskToken: 0, numOovIndices: 2),
                Inputs = [[2, 3]],
                Below = 7,
                Output = [[2, 3]],
                OutputType = DType.Int64,
                AutoName = "integer_lookup",
                Trains = false,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "one hot",
                Make = () => new IntegerLookup(vocabulary: [3, 1, 40], outputMode: "one_hot", numOovIndices: 4, oovMethod: "farmhash"),
                Inputs = [[2, 3]],
                Below = 7,
                Output = [[2, 3, 7]],
                OutputType = DType.Float32,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "weights",
                Make = () => new IntegerLookup(maxTokens: 6, vocabulary: [3, 1, 4], outputMode: "tf_idf", idfWeights: [0.5, 0.25, 2], padToMaxTokens: true),
                Inputs = [[4, 3]],
                Below = 7,
                Output = [[4, 6]],
                OutputType = DType.Float32,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "inverse",
                Make = () => new IntegerLookup(vocabulary: [3, 1, 40], invert: true),
                Inputs = [[2, 3]],
                Below = 7,
                Output = [[2, 3]],
                OutputType = DType.Int64,
                Trains = false,
                Mixes = false,
            };
        }
    }
}
