using NKeras.Metrics;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Metrics;

/// <summary>What is among the k greatest.</summary>
public sealed class RankingTests
{
    private const float NaN = float.NaN;
    private const float Infinity = float.PositiveInfinity;

    public static TheoryData<string, float[], int, int, bool> Rows => new()
    {
        { "greatest", [1, 3, 2], 1, 1, true },
        { "second", [1, 3, 2], 2, 1, false },
        { "second of two", [1, 3, 2], 2, 2, true },
        { "ties are in", [3, 3, 3], 2, 1, true },
        { "ties below the top", [5, 3, 3], 2, 2, true },
        { "all", [1, 3, 2], 0, 3, true },
        { "more than there are", [1, 3, 2], 0, 7, true },
        { "NaN is not in", [1, NaN, 2], 1, 3, false },
        { "NaN is not in more than there are", [1, NaN, 2], 1, 4, false },
        { "NaN stands before numbers", [1, NaN, 2], 2, 1, false },
        { "NaN takes one place", [1, NaN, 2], 2, 2, true },
        { "infinity", [1, Infinity, 2], 1, 1, true },
        { "minus infinity", [-Infinity, 1, 2], 0, 2, false },
        { "infinities tie", [Infinity, Infinity, 2], 1, 1, true },
        { "too great a number", [1, 3, 2], 3, 3, false },
        { "a negative number", [1, 3, 2], -1, 3, false },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void InTopK(string what, float[] row, int target, int k, bool expected)
    {
        Tensor found = Ops.InTopK(new int[] { target }, Ops.ExpandDims(row, 0), k);
        Assert.Equal(DType.Bool, found.DType);
        Assert.True(expected == found.ToArray<bool>()[0], what);
    }

    [Fact]
    public void AccuracyHasTheTargetsShape()
    {
        Tensor scores = new float[,,] { { { 1, 2, 3 }, { 3, 2, 1 } }, { { 1, 3, 2 }, { 2, 3, 1 } } };
        Tensor numbers = new int[,] { { 2, 2 }, { 2, 0 } };
        RecordedData.AssertClose("per step", new float[,] { { 1, 0 }, { 1, 1 } }, MetricFunctions.SparseTopKCategoricalAccuracy(numbers, scores, 2));
        RecordedData.AssertClose("one-hot", new float[,] { { 1, 0 }, { 1, 1 } }, MetricFunctions.TopKCategoricalAccuracy(Ops.OneHot(numbers, 3), scores, 2));
        RecordedData.AssertClose("last axis", new float[,,] { { { 1 }, { 0 } }, { { 1 }, { 1 } } }, MetricFunctions.SparseTopKCategoricalAccuracy(Ops.ExpandDims(numbers, -1), scores, 2));
        Tensor ids = new int[,] { { 4, 2, 9 }, { 1, 1, 7 } };
        RecordedData.AssertClose("sorted", new float[] { 1, 0 }, MetricFunctions.SparseTopKCategoricalAccuracy(new int[] { 2, 7 }, ids, 2, fromSortedIds: true));
    }

    [Fact]
    public void PrecisionAmongTheTopTakesTheFirstOfEqualOnes()
    {
        Precision first = new(topK: 1), second = new(topK: 1);
        first.UpdateState(new float[,] { { 1, 0, 0 } }, new float[,] { { 0.2f, 0.2f, 0.1f } });
        second.UpdateState(new float[,] { { 0, 1, 0 } }, new float[,] { { 0.2f, 0.2f, 0.1f } });
        Assert.Equal(1, first.Result().Item<float>());
        Assert.Equal(0, second.Result().Item<float>());
    }

    [Fact]
    public void AreaOfPerfectAndUselessPredictions()
    {
        foreach (string curve in new[] { "ROC", "PR", "PRGAIN", "roc" })
        {
            AUC auc = new(curve: curve);
            auc.UpdateState(new float[] { 0, 0, 1, 1 }, new float[] { 0.1f, 0.2f, 0.8f, 0.9f });
            Assert.Equal(1, auc.Result().Item<float>(), 1e-5f);
        }

        AUC useless = new();
        useless.UpdateState(new float[] { 0, 1 }, new float[] { 0.5f, 0.5f });
        Assert.Equal(0.5f, useless.Result().Item<float>(), 1e-5f);
        Assert.Equal(0, new AUC(multiLabel: true).Result().Item<float>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EvenThresholdsCountAsOthersDo(bool multiLabel)
    {
        Random random = new(3);
        float[] numbers = [.. Enumerable.Range(0, 3000).Select(_ => (float)random.NextDouble()), 0, 1, 0.25f, 0.5f, 0.75f, NaN];
        Tensor p = Tensor.From<float>(numbers, [numbers.Length / 2, 2]), y = Tensor.From<float>([.. numbers.Select(_ => (float)random.Next(2))], [numbers.Length / 2, 2]);
        Tensor weight = Tensor.From<float>([.. Enumerable.Range(0, numbers.Length / 2).Select(i => 1f + (i % 4))]);
        AUC even = new(numThresholds: 5, multiLabel: multiLabel), uneven = new(thresholds: [0.25001, 0.5, 0.75], multiLabel: multiLabel);
        even.UpdateState(y, p, weight);
        uneven.UpdateState(y, Ops.Where(Ops.Equal(p, 0.25f), 0.25001f, p), weight);
        // No number is in between.
        Assert.DoesNotContain(numbers, n => n is > 0.25f and <= 0.25001f);
        for (int i = 0; i < 4; i++) RecordedData.AssertClose(even.Variables[i].Name, uneven.Variables[i].Value, even.Variables[i].Value);
    }

    [Fact]
    public void AMillionPredictionsTakeNoMemoryForEachThreshold()
    {
        Tensor p = RandomOps.Uniform([1_000_000], seed: new SeedGenerator(1)), y = Ops.Cast(Ops.Greater(RandomOps.Uniform([1_000_000], seed: new SeedGenerator(2)), 0.5f), "float32");
        AUC auc = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        auc.UpdateState(y, p);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200_000_000);
        Assert.Equal(0.5, auc.Result().Item<float>(), 0.01);
    }

    [Fact]
    public void WeightsOfSamplesReachAllTheirElements()
    {
        Tensor yes = Ops.Ones([2, 3, 2]), weight = new float[] { 1, 10 };
        TruePositives found = new();
        found.UpdateState(yes, yes, weight);
        Assert.Equal(66, found.Result().Item<float>());
        MeanIoU overlap = new(2);
        overlap.UpdateState(new int[,] { { 0, 1 }, { 1, 1 } }, new int[,] { { 0, 1 }, { 0, 1 } }, new int[] { 3, 1 });
        // Class 0: 3 common of 4; class 1: 4 of 5.
        Assert.Equal((0.75f + 0.8f) / 2, overlap.Result().Item<float>(), 1e-5f);
    }
}
