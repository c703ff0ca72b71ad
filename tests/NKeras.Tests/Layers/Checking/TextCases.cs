using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class TextCases : ILayerCases
{
    private static readonly string[] s_texts = ["The first text!", "no text", "", "ein Wörtchen, Ω ", "text text\ttext"], s_words = ["text", "no", "ω", "wörtchen"];

    public IEnumerable<LayerCase> Cases
    {
        get
        {
            yield return new()
            {
                Make = () => new TextVectorization(vocabulary: s_words, outputSequenceLength: 3),
                Inputs = [[4]],
                Texts = s_texts,
                Output = [[4, 3]],
                OutputType = DType.Int64,
                AutoName = "text_vectorization",
                Trains = false,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "counts of characters and their neighbours",
                Make = () => new TextVectorization(10, standardize: null, split: "character", ngrams: [1, 2], outputMode: "count", padToMaxTokens: true, vocabulary: ["t", "e", "xt", " "]),
                Inputs = [[4, 1]],
                Texts = s_texts,
                Output = [[4, 10]],
                OutputType = DType.Float32,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "weights of words",
                Make = () => new TextVectorization(standardize: "lower", outputMode: "tf_idf", vocabulary: s_words, idfWeights: new[] { 0.5, 1, 2, 4 }),
                Inputs = [[4]],
                Texts = s_texts,
                Output = [[4, 5]],
                OutputType = DType.Float32,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "rows of tokens",
                Make = () => new TextVectorization(standardize: "strip_punctuation", split: null, ngrams: 2, vocabulary: s_words),
                Inputs = [[2, 3]],
                Texts = s_texts,
                Output = [[2, 5]],
                OutputType = DType.Int64,
                Trains = false,
                Mixes = false,
            };
        }
    }
}
