using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary>Dot-product attention against loops over its definition.</summary>
public sealed class NnAttentionTests
{
    private static readonly Tensor s_query = RandomOps.Normal([2, 3, 4, 5], seed: new SeedGenerator(1));
    private static readonly Tensor s_key = RandomOps.Normal([2, 6, 4, 5], seed: new SeedGenerator(2));
    private static readonly Tensor s_value = RandomOps.Normal([2, 6, 4, 7], seed: new SeedGenerator(3));

    [Fact]
    public void AttentionIsAWeightedMeanOfValues()
    {
        Check(Ops.DotProductAttention(s_query, s_key, s_value), s_query, s_key, s_value);
        Check(Ops.DotProductAttention(s_query, s_key, s_value, scale: 2, flashAttention: false), s_query, s_key, s_value, scale: 2);
        Check(Ops.DotProductAttention(s_query, s_key, s_value, isCausal: true), s_query, s_key, s_value, counts: (b, n, t, s) => s <= t);
    }

    [Fact]
    public void MasksAndBiasesAreBroadcast()
    {
        Tensor bias = RandomOps.Normal([4, 1, 6], seed: new SeedGenerator(4));
        Check(Ops.DotProductAttention(s_query, s_key, s_value, bias), s_query, s_key, s_value, bias: (b, n, t, s) => bias.ToArray<float>()[(n * 6) + s]);
        Tensor mask = Tensor.From([1, 0, 2, 0, -1, 1, 0, 1, 1, 0, 0, 1], [2, 1, 1, 6]);
        Check(Ops.DotProductAttention(s_query, s_key, s_value, mask: mask, isCausal: true), s_query, s_key, s_value, counts: (b, n, t, s) => s <= t && mask.ToArray<int>()[(b * 6) + s] != 0);
        Check(Ops.DotProductAttention(s_query, s_key, s_value, bias, Ops.Cast(mask, "bool")), s_query, s_key, s_value,
            bias: (b, n, t, s) => bias.ToArray<float>()[(n * 6) + s], counts: (b, n, t, s) => mask.ToArray<int>()[(b * 6) + s] != 0);
        Assert.Contains("cannot be broadcast", Assert.Throws<ArgumentException>(() => Ops.DotProductAttention(s_query, s_key, s_value, mask: Ops.Ones([5]))).Message);
    }

    // As in Keras: all logits are equally low, so that all values count equally.
    [Theory]
    [InlineData("float32")]
    [InlineData("float16")]
    [InlineData("bfloat16")]
    public void RowsWithoutAnyKeyGiveTheMeanOfAllValues(string type)
    {
        Tensor result = Ops.DotProductAttention(Ops.Cast(s_query, type), Ops.Cast(s_key, type), Ops.Cast(s_value, type), mask: Ops.Zeros([1, 1, 3, 6], "bool"));
        Assert.Equal((DType)type, result.DType);
        Tensor mean = Ops.BroadcastTo(Ops.Mean(s_value, 1, keepdims: true), [2, 3, 4, 7]);
        Assert.True(Ops.Max(Ops.Abs(Ops.Subtract(mean, Ops.Cast(result, "float32")))).Item<float>() < (type == "float32" ? 1e-6 : 1e-2));
    }

    // In float16 the products alone would be 250 000 and overflow.
    [Fact]
    public void HalfTypesDoNotOverflow()
    {
        Tensor large = Ops.Full([1, 2, 1, 4], 250, DType.Float16);
        Assert.Equal([1f, 1, 1, 1, 1, 1, 1, 1], Ops.Cast(Ops.DotProductAttention(large, large, Ops.Ones([1, 2, 1, 4], DType.Float16)), "float32").ToArray<float>());
    }

    [Fact]
    public void ConsecutiveHeadsShareKeys()
    {
        Tensor key = s_key[.., .., ..2], value = s_value[.., .., ..2];
        Tensor repeated = Ops.Take(key, new int[] { 0, 0, 1, 1 }, 2), values = Ops.Take(value, new int[] { 0, 0, 1, 1 }, 2), mask = Tensor.From([true, true, false, true, true, false]);
        RecordedData.AssertClose("grouped", Ops.DotProductAttention(s_query, repeated, values, mask: mask), Ops.DotProductAttention(s_query, key, value, mask: mask));
        Assert.Contains("no multiple", Assert.Throws<ArgumentException>(() => Ops.DotProductAttention(s_query, s_key[.., .., ..3], s_value[.., .., ..3])).Message);
    }

    [Fact]
    public void ShapesAreInferredAndChecked()
    {
        Input query = new([null, 4, 5]), key = new([6, 2, 5]), value = new([6, 2, 7]);
        Assert.Equal([null, null, 4, 7], Ops.DotProductAttention(query, key, value, isCausal: true).Shape);
        Assert.Equal([null, null, 4, 7], Ops.DotProductAttention(query, key, value, mask: new Input([1, null, 6])).Shape);
        Assert.Throws<ArgumentException>(() => Ops.DotProductAttention(s_query, s_key, s_value[.., ..5]));
        Assert.Throws<ArgumentException>(() => Ops.DotProductAttention(s_query[0], s_key[0], s_value[0]));
        Assert.Contains("TPU", Assert.Throws<ArgumentException>(() => Ops.DotProductAttention(s_query, s_key, s_value, attnLogitsSoftCap: 3)).Message);
    }

    [Fact]
    public void GradientsAgreeWithDifferences()
    {
        Tensor Wide(Tensor x) => Ops.Cast(x[..1, ..3, ..2, ..2], "float64");
        Tensor mask = Tensor.From([true, false, true]);
        GradientCheck.Of(t => [Ops.DotProductAttention(t[0], t[1], t[2], t[3], mask)], Wide(s_query), Wide(s_key), Wide(s_value), Tensor.From([0.3, -0.2, 1]));
        GradientCheck.Of(t => [Ops.DotProductAttention(t[0], t[1], t[2], isCausal: true)], Wide(s_query), Wide(s_key)[.., .., ..1], Wide(s_value)[.., .., ..1]);
    }

    private static void Check(Tensor result, Tensor query, Tensor key, Tensor value, double? scale = null, Func<int, int, int, int, double>? bias = null, Func<int, int, int, int, bool>? counts = null)
    {
        (int queries, int keys, int heads, int depth, int width) = (3, 6, 4, 5, 7);
        double[] q = [.. query.ToArray<float>().Select(v => (double)v)], k = [.. key.ToArray<float>().Select(v => (double)v)], x = [.. value.ToArray<float>().Select(v => (double)v)];
        float[] actual = result.ToArray<float>();
        for (int b = 0; b < 2; b++)
        {
            for (int n = 0; n < heads; n++)
            {
                for (int t = 0; t < queries; t++)
                {
                    double[] weights = [.. Enumerable.Range(0, keys).Select(s => counts?.Invoke(b, n, t, s) == false ? 0 : Math.Exp(
                        ((scale ?? 1 / Math.Sqrt(depth)) * Enumerable.Range(0, depth).Sum(d => q[(((((b * queries) + t) * heads) + n) * depth) + d] * k[(((((b * keys) + s) * heads) + n) * depth) + d]))
                        + (bias?.Invoke(b, n, t, s) ?? 0)))];
                    if (weights.Sum() == 0) weights = [.. weights.Select(_ => 1.0)];
                    for (int d = 0; d < width; d++)
                        Assert.Equal(weights.Select((w, s) => w * x[(((((b * keys) + s) * heads) + n) * width) + d]).Sum() / weights.Sum(), actual[(((((b * queries) + t) * heads) + n) * width) + d], 1e-5);
                }
            }
        }
    }
}
