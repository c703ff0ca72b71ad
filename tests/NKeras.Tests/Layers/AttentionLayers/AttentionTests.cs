using NKeras.Core;
using NKeras.Layers;

namespace NKeras.Tests.Layers.AttentionLayers;

public sealed class AttentionTests
{
    [Fact]
    public void ScoresAreProductsOrSumsOfTangents()
    {
        Tensor query = Numbers([2, 3, 4], 1), value = Numbers([2, 5, 6], 2), key = Numbers([2, 5, 4], 3);
        Tensor sums = Ops.ExpandDims(query, 2) + Ops.ExpandDims(key, 1);
        Check(new Attention(), Ops.Matmul(query, Ops.Swapaxes(key, 1, 2)));
        Check(new Attention(useScale: true), 0.3f * Ops.Matmul(query, Ops.Swapaxes(key, 1, 2)), 0.3f);
        Check(new Attention(scoreMode: "concat"), 0.7f * Ops.Sum(Ops.Tanh(sums), -1), 0.7f);
        Check(new Attention(useScale: true, scoreMode: "concat"), 0.7f * Ops.Sum(Ops.Tanh(0.3f * sums), -1), 0.3f, 0.7f);
        Check(new AdditiveAttention(useScale: false), Ops.Sum(Ops.Tanh(sums), -1));

        void Check(Attention layer, Tensor expected, params float[] weights)
        {
            layer.Build([query.Shape, value.Shape, key.Shape]);
            layer.SetWeights([.. weights.Select(w => (Tensor)w)]);
            (Tensor output, Tensor scores) = layer.ApplyWithScores([query, value, key]);
            AssertClose(Ops.Softmax(expected, axis: -1), scores);
            AssertClose(Ops.Matmul(scores, value), output);
            AssertClose(output, layer.Apply([query, value, key]));
        }
    }

    [Fact]
    public void EachFeatureOfAdditiveAttentionHasItsScale()
    {
        Tensor query = Numbers([2, 3, 4], 1), value = Numbers([2, 5, 4], 2);
        AdditiveAttention layer = new();
        (Tensor _, Tensor scores) = layer.ApplyWithScores([query, value]);
        Assert.Equal([4], layer.Scale!.Shape);
        AssertClose(Ops.Softmax(Ops.Sum(layer.Scale.Value * Ops.Tanh(Ops.ExpandDims(query, 2) + Ops.ExpandDims(value, 1)), -1), axis: -1), scores);
    }

    [Fact]
    public void MasksHideValuesAndClearQueries()
    {
        Tensor query = Numbers([1, 3, 4], 1), value = Numbers([1, 4, 4], 2);
        Tensor asks = Tensor.From(new[,] { { true, false, true } }), counts = Tensor.From(new[,] { { true, true, false, true } });
        foreach (Attention layer in new[] { new Attention(), new AdditiveAttention() })
        {
            (Tensor output, Tensor scores) = layer.ApplyWithScores([query, value], [asks, counts], useCausalMask: true);
            float[] s = scores.ToArray<float>();
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 4; j++) Assert.Equal(j <= i && j != 2, s[(i * 4) + j] > 0);
            }

            Assert.Equal(new float[4], output.ToArray<float>()[4..8]);
            AssertClose(output, layer.Apply([query, value], [asks, counts], useCausalMask: true));
            KerasMask.Set(query, asks);
            KerasMask.Set(value, counts);
            Tensor travelled = layer.Apply([query, value], useCausalMask: true);
            AssertClose(output, travelled);
            Assert.NotNull(KerasMask.Of(travelled));
        }
    }

    [Fact]
    public void WeightsOfScoresAreDroppedInTraining()
    {
        Tensor x = Numbers([2, 8, 4], 1);
        Attention layer = new(dropout: 0.5, seed: 3);
        (Tensor _, Tensor scores) = layer.ApplyWithScores([x, x], training: true);
        Assert.InRange(scores.ToArray<float>().Count(s => s == 0), 30, 98);
        Assert.Equal(0, layer.ApplyWithScores([x, x]).Scores.ToArray<float>().Count(s => s == 0));
    }

    [Fact]
    public void DimensionsMayBeUnknown()
    {
        Input query = new([null, 4]), value = new([null, 6]), key = new([null, 4]);
        (KerasTensor output, KerasTensor scores) = new Attention().ApplyWithScores([query, value, key], useCausalMask: true);
        Assert.Equal([null, null, 6], output.Shape);
        Assert.Equal([null, null, null], scores.Shape);
        Assert.Equal([null, null, 6], new AdditiveAttention().Apply(query, value, key).Shape);
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Tensor x = Numbers([2, 3, 4], 1);
        Refused("scoreMode", () => new Attention(scoreMode: "product"));
        Refused("dropout", () => new Attention(dropout: -0.1));
        Refused("applied to a list", () => new Attention().Apply(x));
        Refused("received 1 of shapes", () => new Attention().Apply([x]));
        Refused("(2, 3, 5)", () => new Attention().Apply(x, Numbers([2, 3, 5], 2)));
        Refused("list of masks", () => new Attention().ApplyTo(new CallArguments([Tensors.Create([x, x])], [KeyValuePair.Create("mask", (object?)Ops.Ones([2, 3], DType.Bool))])));

        static void Refused(string says, Func<object> make) => Assert.Contains(says, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
    }

    private static Tensor Numbers(Shape shape, int seed) => RandomOps.Normal(shape, seed: new SeedGenerator(seed));

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        foreach ((float e, float a) in expected.ToArray<float>().Zip(actual.ToArray<float>())) Assert.Equal(e, a, 1e-5f);
    }
}
