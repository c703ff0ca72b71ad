using NKeras.Engine.Primitives;
using static NKeras.Tests.RandomOperations.Distributions;

namespace NKeras.Tests.RandomOperations;

/// <summary>Discrete distributions, permutations and dropout.</summary>
public sealed class DiscreteTests
{
    private const int Count = 20_000;

    [Theory]
    [InlineData("int8")]
    [InlineData("uint8")]
    [InlineData("int16")]
    [InlineData("uint16")]
    [InlineData("int32")]
    [InlineData("uint32")]
    [InlineData("int64")]
    [InlineData("uint64")]
    public void WholeNumbersAreAllAsLikely(string dtype)
    {
        Tensor x = RandomOps.Randint([Count], 3, 10, dtype, seed: 1);
        Assert.Equal(dtype, x.DType.Name);
        AssertFits(Numbers(x), 3, [.. Enumerable.Repeat(1 / 7.0, 7)]);
    }

    [Fact]
    public void WholeNumbersReachTheEndsOfTheirType()
    {
        Assert.Equal(256, RandomOps.Randint([Count], 0, 256, "uint8", seed: 2).ToArray<byte>().Distinct().Count());
        Assert.Equal(256, RandomOps.Randint([Count], -128, 128, "int8", seed: 2).ToArray<sbyte>().Distinct().Count());
        long[] wide = RandomOps.Randint([Count], long.MinValue, long.MaxValue, "int64", seed: 2).ToArray<long>();
        AssertFits([.. wide.Select(v => (double)v)], v => 0.5 + (v / Math.Pow(2, 64)));
        Assert.Equal([-5, -5], RandomOps.Randint([2], -5, -4, seed: 2).ToArray<int>());
        Assert.Throws<ArgumentException>(() => RandomOps.Randint([2], 0, 257, "uint8"));
        Assert.Throws<ArgumentException>(() => RandomOps.Randint([2], -1, 2, "uint32"));
        Assert.Throws<ArgumentException>(() => RandomOps.Randint([2], 0, 1L << 32));
        Assert.Throws<ArgumentException>(() => RandomOps.Randint([2], 3, 3));
        Assert.Throws<ArgumentException>(() => RandomOps.Randint([2], 0, 2, "float32"));
        Assert.Throws<ArgumentException>(() => RandomOps.Randint([2], 0, 2, "bool"));
    }

    [Fact]
    public void IntervalsMayDifferFromElementToElement()
    {
        int[] x = RandomOps.Randint([1000, 2], Tensor.From([0, 100]), Tensor.From([2, 102]), seed: 3).ToArray<int>();
        Assert.Equal([0, 1], x.Where((_, i) => i % 2 == 0).Distinct().Order());
        Assert.Equal([100, 101], x.Where((_, i) => i % 2 == 1).Distinct().Order());
        Assert.Throws<ArgumentException>(() => RandomOps.Randint([2], Tensor.From([0, 5]), Tensor.From([1, 5])));
    }

    [Theory]
    [InlineData(10, 0.3)]
    [InlineData(10, 0.8)]
    [InlineData(1000, 0.004)]
    [InlineData(60, 0.5)]
    [InlineData(400, 0.1)]
    [InlineData(2000, 0.97)]
    public void BinomialNumbersFit(int trials, double probability)
    {
        double[] x = Numbers(RandomOps.Binomial([Count], trials, probability, seed: 4));
        AssertFits(x, 0, [.. Enumerable.Range(0, trials + 1).Select(k => Math.Exp(
            ScalarMath.Lgamma(trials + 1) - ScalarMath.Lgamma(k + 1) - ScalarMath.Lgamma(trials - k + 1) + (k * Math.Log(probability)) + ((trials - k) * Math.Log(1 - probability))))]);
        double variance = trials * probability * (1 - probability);
        AssertMoments(x, trials * probability, variance, 3 + ((1 - (6 * probability * (1 - probability))) / variance));
    }

    [Fact]
    public void BinomialNumbersAtTheEdges()
    {
        Assert.Equal([0f, 7, 0, 0], RandomOps.Binomial([4], Tensor.From([7f, 7, 0, 0.9f]), Tensor.From([0f, 1, 0.5f, 0.5f]), seed: 5).ToArray<float>());
        Assert.Equal(DType.Int32, RandomOps.Binomial([3], 4, 0.5, "int32", seed: 5).DType);
        // A large number of trials: within 6 deviations of the mean.
        Assert.All(Numbers(RandomOps.Binomial([1000], 1e9, 0.5, "float64", seed: 5)), v => Assert.InRange(v, 5e8 - (6 * 15812), 5e8 + (6 * 15812)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomOps.Binomial([2], -1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomOps.Binomial([2], 3, 1.5));
        Assert.Throws<ArgumentException>(() => RandomOps.Binomial([2], Tensor.From([1f, 2, 3]), 0.5));
        Assert.Equal([2, 0], RandomOps.Binomial([2, 0], 3, 0.5).Shape);
    }

    [Fact]
    public void ClassesAreDrawnByTheirProbabilities()
    {
        double[] p = [0.1, 0, 0.6, 0.3];
        Tensor row = Ops.Log(Tensor.From(p.Select(v => (float)v).ToArray()));
        Tensor logits = Ops.Concatenate([Ops.Reshape(row, [1, 4]), Ops.Reshape(row, [1, 4]) + 1000f]);
        Tensor x = RandomOps.Categorical(logits, Count, seed: 6);
        Assert.Equal([2, Count], x.Shape);
        Assert.Equal(DType.Int32, x.DType);
        double[] classes = Numbers(x);
        foreach (double[] half in (double[][])[classes[..Count], classes[Count..]])
        {
            Assert.DoesNotContain(1.0, half); // Its logit is -∞.
            AssertFits(half, 0, p);
        }

        Assert.NotEqual(classes[..Count], classes[Count..]);
        Assert.Equal(DType.UInt8, RandomOps.Categorical(logits, 3, "uint8").DType);
        Assert.Equal([2, 0], RandomOps.Categorical(logits, 0).Shape);
        Assert.Throws<ArgumentException>(() => RandomOps.Categorical(row, 3));
        Assert.Throws<ArgumentException>(() => RandomOps.Categorical(Ops.Zeros([2, 0]), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomOps.Categorical(logits, -1));
        Assert.Throws<ArgumentException>(() => RandomOps.Categorical(new Input([3]), 3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void SlicesAreShuffledAsWholes(int axis)
    {
        Tensor x = Ops.Reshape(Tensor.From(Enumerable.Range(0, 60).ToArray()), [3, 4, 5]), y = RandomOps.Shuffle(x, axis, seed: 7);
        int at = axis < 0 ? 2 : axis, length = x.Shape[at]!.Value;
        int[] order = [.. Enumerable.Range(0, length).Select(i => Enumerable.Range(0, length).Single(k => SliceOf(y, i).SequenceEqual(SliceOf(x, k))))];
        Assert.Equal(Enumerable.Range(0, length), order.Order());

        int[] SliceOf(Tensor tensor, int i) => Ops.Take(tensor, Tensor.From<int>([i], []), at).ToArray<int>();
    }

    [Fact]
    public void EveryOrderIsAsLikely()
    {
        SeedGenerator seed = new(8);
        double[] orders = [.. Enumerable.Range(0, 6000).Select(_ =>
        {
            int[] o = RandomOps.Shuffle(Tensor.From([0, 1, 2]), seed: seed).ToArray<int>();
            return (double)((o[0] * 2) + (o[1] > o[2] ? 1 : 0));
        })];
        AssertFits(orders, 0, [.. Enumerable.Repeat(1 / 6.0, 6)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomOps.Shuffle(Tensor.From<int>([1], [])));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomOps.Shuffle(Ops.Zeros([2, 2]), 2));
        Assert.Equal([0, 2], RandomOps.Shuffle(Ops.Zeros([0, 2])).Shape);
        Assert.Equal(DType.Bool, RandomOps.Shuffle(Tensor.From([true, false])).DType);
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("float16")]
    [InlineData("bfloat16")]
    [InlineData("float64")]
    public void DropoutKeepsItsShareAndTheMean(string dtype)
    {
        Tensor y = RandomOps.Dropout(Ops.Ones([Count], dtype), 0.25, seed: 9);
        Assert.Equal(dtype, y.DType.Name);
        double[] x = Numbers(y);
        Assert.All(x, v => Assert.True(v == 0 || Math.Abs(v - (4 / 3.0)) < 0.005));
        AssertFits([.. x.Select(v => v == 0 ? 0.0 : 1)], 0, [0.25, 0.75]);
    }

    [Fact]
    public void DropoutAtTheEdges()
    {
        Tensor x = Tensor.From([1f, float.PositiveInfinity, float.NaN]);
        Assert.Same(x, RandomOps.Dropout(x, 0));
        Assert.Equal([0f, 0, 0], RandomOps.Dropout(x, 1).ToArray<float>());
        Assert.Equal(DType.Int32, RandomOps.Dropout(Tensor.From([2, 4]), 0.5).DType);
        Assert.Equal([0, 3], RandomOps.Dropout(Ops.Zeros([0, 3]), 0.5).Shape);
        foreach (double rate in (double[])[-0.1, 1.1, double.NaN]) Assert.Throws<ArgumentOutOfRangeException>(() => RandomOps.Dropout(x, rate));
    }

    [Fact]
    public void DropoutSharesItsMaskAlongOnes()
    {
        float[] y = RandomOps.Dropout(Ops.Ones([4, 50, 3]), 0.5, [null, 1, 3], seed: 10).ToArray<float>();
        for (int i = 0; i < y.Length; i++) Assert.Equal(y[(i / 150 * 150) + (i % 3)], y[i]);
        Assert.Throws<ArgumentException>(() => RandomOps.Dropout(Ops.Ones([4, 5]), 0.5, [4]));
        Assert.Throws<ArgumentException>(() => RandomOps.Dropout(Ops.Ones([4, 5]), 0.5, [4, 3]));
    }
}
