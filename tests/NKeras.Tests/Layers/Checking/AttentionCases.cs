using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class AttentionCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases
    {
        get
        {
            yield return new()
            {
                Make = () => new EinsumDense("abc,cd->abd", [null, 5], biasAxes: "d"),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 5]],
                AutoName = "einsum_dense",
                Trainable = [("kernel", [4, 5]), ("bias", [5])],
            };

            yield return new()
            {
                Setting = "several axes made, regularized",
                Make = () => new EinsumDense("...x,xyz->...yz", [3, 5], activation: "relu", biasAxes: "z", kernelRegularizer: "l2", activityRegularizer: "l1"),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 3, 5]],
                Trainable = [("kernel", [4, 3, 5]), ("bias", [5])],
                Losses = 2,
            };

            yield return new()
            {
                Make = () => new Attention(),
                Inputs = [[2, 3, 4], [2, 3, 4]],
                Output = [[2, 3, 4]],
                AutoName = "attention",
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "sums, a scale and dropout, scores",
                Make = () => new Attention(useScale: true, scoreMode: "concat", dropout: 0.5, seed: 3),
                Inputs = [[2, 3, 4], [2, 5, 6], [2, 5, 4]],
                Arguments = new Dictionary<string, object> { ["return_attention_scores"] = true, ["use_causal_mask"] = true },
                Output = [[2, 3, 6], [2, 3, 5]],
                Trainable = [("scale", []), ("concat_score_weight", [])],
                SeedStates = 1,
            };

            yield return new()
            {
                Make = () => new AdditiveAttention(),
                Inputs = [[2, 3, 4], [2, 3, 4]],
                Output = [[2, 3, 4]],
                AutoName = "additive_attention",
                Trainable = [("scale", [4])],
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new MultiHeadAttention(2, 3),
                Inputs = [[2, 5, 8]],
                Arguments = new Dictionary<string, object> { ["value"] = new Shape([2, 4, 6]) },
                Output = [[2, 5, 8]],
                AutoName = "multi_head_attention",
                Trainable = Projections([8, 2, 3], [6, 2, 3], [2, 3, 8]),
                Mask = [2, 5],
            };

            yield return new()
            {
                Setting = "everything",
                Make = () => new MultiHeadAttention(
                    2, 3, valueDim: 5, dropout: 0.5, useBias: false, outputShape: [3, 4], slidingWindow: 2, kernelRegularizer: "l2", activityRegularizer: "l1", useGate: true, seed: 1),
                Inputs = [[2, 5, 8]],
                Arguments = new Dictionary<string, object> { ["value"] = new Shape([2, 5, 6]), ["key"] = new Shape([2, 5, 7]), ["return_attention_scores"] = true, ["use_causal_mask"] = true },
                Output = [[2, 5, 3, 4], [2, 2, 5, 5]],
                Trainable = [("query/kernel", [8, 2, 3]), ("key/kernel", [7, 2, 3]), ("gate/kernel", [8, 2, 5]), ("value/kernel", [6, 2, 5]), ("attention_output/kernel", [2, 5, 3, 4])],
                SeedStates = 1,
                Losses = 10,
                Mask = [2, 5],
            };

            yield return new()
            {
                Setting = "along two axes",
                Make = () => new MultiHeadAttention(2, 3, attentionAxes: [1, -2], useBias: false),
                Inputs = [[2, 5, 3, 8]],
                Arguments = new Dictionary<string, object> { ["value"] = new Shape([2, 4, 1, 8]) },
                Output = [[2, 5, 3, 8]],
                Trainable = [("query/kernel", [8, 2, 3]), ("key/kernel", [8, 2, 3]), ("value/kernel", [8, 2, 3]), ("attention_output/kernel", [2, 3, 8])],
                CanBeMasked = false,
            };

            yield return new()
            {
                Make = () => new GroupQueryAttention(3, 4, 2),
                Inputs = [[2, 5, 8]],
                Arguments = new Dictionary<string, object> { ["value"] = new Shape([2, 4, 8]) },
                Output = [[2, 5, 8]],
                AutoName = "grouped_query_attention",
                Trainable =
                [
                    ("query/kernel", [8, 4, 3]), ("query/bias", [4, 3]), ("key/kernel", [8, 2, 3]), ("key/bias", [2, 3]), ("value/kernel", [8, 2, 3]), ("value/bias", [2, 3]),
                    ("attention_output/kernel", [4, 3, 8]), ("attention_output/bias", [8]),
                ],
                Mask = [2, 5],
            };

            yield return new()
            {
                Setting = "one head of keys, dropout, a gate and scores",
                Make = () => new GroupQueryAttention(3, 4, 1, dropout: 0.5, useBias: false, useGate: true, activityRegularizer: "l2", seed: 2),
                Inputs = [[2, 5, 8]],
                Arguments = new Dictionary<string, object> { ["value"] = new Shape([2, 5, 8]), ["return_attention_scores"] = true, ["use_causal_mask"] = true },
                Output = [[2, 5, 8], [2, 4, 5, 5]],
                Trainable = [("query/kernel", [8, 4, 3]), ("key/kernel", [8, 1, 3]), ("gate/kernel", [8, 4, 3]), ("value/kernel", [8, 1, 3]), ("attention_output/kernel", [4, 3, 8])],
                SeedStates = 1,
                Losses = 7,
                Mask = [2, 5],
            };
        }
    }

    private static (string Name, Shape Shape)[] Projections(Shape query, Shape other, Shape output) =>
    [
        ("query/kernel", query), ("query/bias", [query[1], query[2]]), ("key/kernel", other), ("key/bias", [other[1], other[2]]), ("value/kernel", other), ("value/bias", [other[1], other[2]]),
        ("attention_output/kernel", output), ("attention_output/bias", [output[-1]]),
    ];
}
