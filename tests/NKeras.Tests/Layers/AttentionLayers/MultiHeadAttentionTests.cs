using NKeras.Core;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Layers.AttentionLayers;

public sealed class MultiHeadAttentionTests
{
    [Fact]
    public void IsWhatItsFormulaSays()
    {
        MultiHeadAttention layer = new(2, 3, valueDim: 5, outputShape: 4);
        Tensor query = Numbers([2, 5, 8], 1), value = Numbers([2, 4, 6], 2), key = Numbers([2, 4, 7], 3);
        (Tensor output, Tensor scores) = layer.ApplyWithScores(query, value, key);
        Tensor[] w = layer.GetWeights();
        Assert.Equal(["query/kernel", "query/bias", "key/kernel", "key/bias", "value/kernel", "value/bias", "attention_output/kernel", "attention_output/bias"], layer.Weights.Select(v => v.Path[(layer.Name.Length + 1)..]));
        Tensor q = Ops.Einsum("bti,ihd->bhtd", query, w[0]) + Ops.Reshape(w[1], [2, 1, 3]), k = Ops.Einsum("bsi,ihd->bhsd", key, w[2]) + Ops.Reshape(w[3], [2, 1, 3]);
        Tensor v = Ops.Einsum("bsi,ihd->bhsd", value, w[4]) + Ops.Reshape(w[5], [2, 1, 5]);
        Tensor weights = Ops.Softmax(Ops.Matmul(q, Ops.Swapaxes(k, -1, -2)) / Math.Sqrt(3), axis: -1);
        AssertClose(weights, scores);
        AssertClose(Ops.Einsum("bhtd,hdo->bto", Ops.Matmul(weights, v), w[6]) + w[7], output);
        AssertClose(output, layer.Apply(query, value, key));
    }

    [Fact]
    public void MasksMeanTheSameWhetherScoresAreKeptOrNot()
    {
        MultiHeadAttention layer = new(2, 4, slidingWindow: 3);
        Tensor x = Numbers([2, 6, 8], 1), mask = Tensor.From(new[,] { { true, true, true, true, false, true }, { true, true, false, true, true, true } });
        Tensor pairs = Ops.Greater(Numbers([6, 6], 5) + 9 * (Ops.Eye(6) + Ops.Eye(6, k: -1)), -0.5);
        (Tensor output, Tensor scores) = layer.ApplyWithScores(x, x, valueMask: mask, attentionMask: pairs, useCausalMask: true);
        AssertClose(output, layer.Apply(x, x, valueMask: mask, attentionMask: pairs, useCausalMask: true));
        float[] s = scores.ToArray<float>();
        (bool[] m, bool[] p) = (mask.ToArray<bool>(), pairs.ToArray<bool>());
        for (int b = 0; b < 2; b++)
        {
            for (int i = 0; i < 6; i++)
            {
                for (int j = 0; j < 6; j++) Assert.Equal(m[(b * 6) + j] && p[(i * 6) + j] && j <= i && j > i - 3, s[(((((b * 2) + 1) * 6) + i) * 6) + j] > 0);
            }
        }
    }

    [Fact]
    public void TheMasksOfTheInputsTravelIntoTheLayerAndTheQuerysOutOfIt()
    {
        MultiHeadAttention layer = new(2, 4);
        Tensor query = Numbers([2, 3, 8], 1), value = Numbers([2, 4, 8], 2), valueMask = Tensor.From(new[,] { { true, true, false, false }, { true, true, true, true } });
        Tensor expected = layer.Apply(query, value, valueMask: valueMask);
        KerasMask.Set(value, valueMask);
        KerasMask.Set(query, Ops.Ones([2, 3], DType.Bool));
        Tensor result = layer.Apply(query, value);
        AssertClose(expected, result);
        Assert.Same(KerasMask.Of(query), KerasMask.Of(result));
    }

    [Fact]
    public void AxesThatAttentionDoesNotGoAlongAreLikeTheBatch()
    {
        MultiHeadAttention layer = new(2, 3, attentionAxes: 2), plain = new(2, 3);
        Tensor x = Numbers([2, 4, 5, 6], 1);
        Tensor result = layer.Apply(x, x, useCausalMask: true);
        Tensor flat = Ops.Reshape(x, [8, 5, 6]);
        _ = plain.Apply(flat, flat);
        plain.SetWeights(layer.GetWeights());
        AssertClose(Ops.Reshape(plain.Apply(flat, flat, useCausalMask: true), [2, 4, 5, 6]), result);
        Assert.Equal([2], layer.AttentionAxes!);
    }

    [Fact]
    public void SharedHeadsOfKeysAreHeadsWithTheSameWeights()
    {
        GroupQueryAttention grouped = new(3, 4, 2, useBias: false);
        MultiHeadAttention full = new(4, 3, useBias: false);
        Tensor x = Numbers([2, 5, 8], 1);
        Tensor mask = Ops.Greater(Numbers([2, 5, 5], 4), -1.0);
        Tensor result = grouped.Apply(x, x, attentionMask: mask, useCausalMask: true);
        _ = full.Apply(x, x);
        Tensor[] w = grouped.GetWeights();
        full.SetWeights([w[0], Ops.Repeat(w[1], 2, axis: 1), Ops.Repeat(w[2], 2, axis: 1), w[3]]);
        AssertClose(full.Apply(x, x, attentionMask: mask, useCausalMask: true), result);
        AssertClose(grouped.ApplyWithScores(x, x, attentionMask: mask, useCausalMask: true).Output, result);
    }

    [Fact]
    public void TheGateIsASigmoidOfTheQuery()
    {
        MultiHeadAttention gated = new(2, 3, useBias: false, useGate: true), plain = new(2, 3, useBias: false);
        Tensor x = Numbers([2, 4, 6], 1);
        Tensor result = gated.Apply(x, x);
        Tensor[] w = gated.GetWeights();
        _ = plain.Apply(x, x);
        Tensor identity = Ops.Reshape(Ops.Eye(6), [2, 3, 6]); // The projection of what the heads give is left out.
        plain.SetWeights([w[0], w[1], w[3], identity]);
        Tensor heads = Ops.Reshape(plain.Apply(x, x), [2, 4, 2, 3]);
        AssertClose(Ops.Einsum("bthd,hdo->bto", heads * Ops.Sigmoid(Ops.Einsum("bti,ihd->bthd", x, w[2])), w[4]), result);
    }

    [Fact]
    public void ProjectionsStartWithDifferentWeights()
    {
        MultiHeadAttention layer = new(2, 4);
        layer.Build([null, 5, 8], [null, 5, 8]);
        Tensor[] w = layer.GetWeights();
        Assert.NotEqual(w[0].ToArray<float>(), w[2].ToArray<float>());
        Assert.NotEqual(w[2].ToArray<float>(), w[4].ToArray<float>());
        MultiHeadAttention seeded = new(2, 4, kernelInitializer: new NKeras.Initializers.GlorotUniform(seed: 3));
        seeded.Build([null, 5, 8], [null, 5, 8]);
        Assert.Equal(seeded.Weights[0].Value.ToArray<float>(), seeded.Weights[2].Value.ToArray<float>());
    }

    [Fact]
    public void DropoutDropsInTrainingOnly()
    {
        MultiHeadAttention layer = new(2, 4, dropout: 0.5, seed: 1);
        Tensor x = Numbers([2, 6, 8], 1);
        AssertClose(layer.Apply(x, x), layer.ApplyWithScores(x, x).Output);
        Assert.NotEqual(layer.Apply(x, x).ToArray<float>(), layer.Apply(x, x, training: true).ToArray<float>());
    }

    [Fact]
    public void DimensionsMayBeUnknown()
    {
        MultiHeadAttention layer = new(2, 4, outputShape: [3, 2]);
        Input query = new([null, 8]), value = new([null, 6]);
        Assert.Equal([null, null, 3, 2], layer.Apply(query, value).Shape);
        (KerasTensor output, KerasTensor scores) = layer.ApplyWithScores(query, value, useCausalMask: true);
        Assert.Equal([null, null, 3, 2], output.Shape);
        Assert.Equal([null, 2, null, null], scores.Shape);
        Assert.Equal([7, null, 3, 2], layer.ComputeOutputShape([7, null, 8], [7, 4, 6]));
    }

    [Fact]
    public void AModelWithItLearns()
    {
        Input x = new([6], dtype: "int32");
        KerasTensor words = new Embedding(10, 16, maskZero: true).Apply(x);
        KerasTensor y = new Dense(10).Apply(words + new MultiHeadAttention(2, 8).Apply(words, words, useCausalMask: true));
        Model model = new(x, y);
        model.Compile(new Adam(0.01), new NKeras.Losses.SparseCategoricalCrossentropy(fromLogits: true));
        Tensor data = RandomOps.Randint([32, 6], 1, 10, seed: new SeedGenerator(1));
        Tensor previous = Ops.Concatenate([data[.., ..1], data[.., ..5]], axis: 1); // Each word's answer is the word before it.
        double before = model.Evaluate(data, previous, verbose: 0)["loss"];
        _ = model.Fit(data, previous, epochs: 60, verbose: 0);
        Assert.InRange(model.Evaluate(data, previous, verbose: 0)["loss"], 0, before / 2);
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Refused("numHeads", () => new MultiHeadAttention(0, 3));
        Refused("valueDim", () => new MultiHeadAttention(1, 3, valueDim: -2));
        Refused("slidingWindow", () => new MultiHeadAttention(1, 3, slidingWindow: 0));
        Refused("dropout", () => new MultiHeadAttention(1, 3, dropout: 1.5));
        Refused("flash attention has no dropout", () => new MultiHeadAttention(1, 3, flashAttention: true, dropout: 0.1));
        Refused("multiple of numKeyValueHeads", () => new GroupQueryAttention(3, 4, 3));
        Tensor x = Numbers([2, 5, 8], 1);
        Refused("keeps no scores", () => new MultiHeadAttention(1, 3, flashAttention: true).ApplyWithScores(x, x));
        Refused("(2, 5, 8) and (3, 5, 8)", () => new MultiHeadAttention(1, 3).Apply(x, Numbers([3, 5, 8], 2)));
        Refused("(2, 5, 8) and (2, 4, 8)", () => new MultiHeadAttention(1, 3).Apply(x, x, Numbers([2, 4, 8], 2)));
        Refused("a query and a value", () => new MultiHeadAttention(1, 3).Apply(x));
        Refused("one of shape (2, 5, 4)", () => new MultiHeadAttention(1, 3).Apply(x, x, attentionMask: Ops.Ones([2, 5, 4], DType.Bool)));
        Refused("query_mask", () => new MultiHeadAttention(1, 3).Apply(x, x, queryMask: Ops.Ones([2, 4], DType.Bool)));
        Refused("attentionAxes", () => new MultiHeadAttention(1, 3, attentionAxes: 2).Apply(x, x));
        Tensor image = Numbers([2, 4, 5, 8], 1);
        Refused("go along one axis", () => new MultiHeadAttention(1, 3).Apply(image, image, useCausalMask: true));
        Refused("3 axes", () => new GroupQueryAttention(3, 2, 1).Apply(image, image));
        Refused("equally many features", () => new GroupQueryAttention(3, 2, 1).Apply(x, Numbers([2, 5, 7], 2)));

        static void Refused(string says, Func<object> make) => Assert.Contains(says, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
    }

    private static Tensor Numbers(Shape shape, int seed) => RandomOps.Normal(shape, seed: new SeedGenerator(seed));

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        foreach ((float e, float a) in expected.ToArray<float>().Zip(actual.ToArray<float>())) Assert.Equal(e, a, 1e-5f);
    }
}
