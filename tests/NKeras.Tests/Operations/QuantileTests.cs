using NKeras.Engine.Runtime;

namespace NKeras.Tests.Operations;

/// <summary>Medians, quantiles and percentiles, compared with those of sorted lists.</summary>
public sealed class QuantileTests
{
    private static readonly string[] s_methods = ["linear", "lower", "higher", "midpoint", "nearest"];

    [Fact]
    public void EveryMethodInterpolatesAsItSays()
    {
        float[] numbers = [3, 9, 1, 7, 5];
        // At 0.3 · 4 = 1.2, between the second and the third of 1, 3, 5, 7, 9.
        float[] expected = [3.4f, 3, 5, 4, 3];
        for (int i = 0; i < s_methods.Length; i++) Assert.Equal(expected[i], Ops.Quantile(numbers, 0.3, method: s_methods[i]).Item<float>(), 1e-6f);
        // Halfway the even one is nearest: 0.375 · 4 is 1.5, 0.625 · 4 is 2.5.
        Assert.Equal([5f, 5], Ops.Quantile(numbers, new float[] { 0.375f, 0.625f }, method: "nearest").ToArray<float>());
        Assert.Equal(2f, Ops.Median(new float[] { 4, 1, 3, 1 }).Item<float>());
        Assert.Equal([1f, 9], Ops.Percentile(numbers, new float[] { 0, 100 }).ToArray<float>());
    }

    [Fact]
    public void QuantilesComeFirstAndAxesMayBeSeveral()
    {
        Random random = new(3);
        Tensor x = Tensor.From([.. Enumerable.Range(0, 60).Select(_ => (float)random.NextDouble())], [3, 4, 5]);
        float[] q = [0.25f, 0.5f, 1];
        Tensor whole = Ops.Quantile(x, q, (0, -1));
        Assert.Equal([3, 4], whole.Shape);
        Assert.Equal([3, 1, 4, 1], Ops.Quantile(x, q, (0, -1), keepdims: true).Shape);
        Assert.Equal([2, 2, 3, 5], Ops.Percentile(x, new float[,] { { 1, 2 }, { 3, 4 } }, 1).Shape);
        for (int j = 0; j < 4; j++)
        {
            float[] row = [.. x[TensorIndex.Slice(), j].ToArray<float>().Order()];
            // 14 steps: 3.5, 7 and 14 of them.
            float[] expected = [(row[3] + row[4]) / 2, row[7], row[14]];
            for (int k = 0; k < 3; k++) Assert.Equal(expected[k], whole[k, j].Item<float>(), 1e-6f);
        }
    }

    [Fact]
    public void NanIsEverywhereOrNowhere()
    {
        Tensor x = Tensor.From([float.NaN, 4, 2, float.NaN, float.NaN, float.NaN, 1, 5, 3], [3, 3]);
        foreach (string method in s_methods)
        {
            Assert.Equal([float.NaN, float.NaN, 3], Ops.Quantile(x, 0.5, 1, method).ToArray<float>());
            Assert.Equal([method switch { "lower" or "nearest" => 2f, "higher" => 4, _ => 3 }, float.NaN, 3], Ops.Nanquantile(x, 0.5, 1, method).ToArray<float>());
        }

        Assert.Equal(3, Ops.Nanmedian(x).Item<float>());
        Assert.Equal([2.5f, float.NaN, 2], Ops.Nanpercentile(x, 25.0, 1).ToArray<float>());
        float infinity = float.PositiveInfinity;
        Assert.Equal([infinity, -infinity], Ops.Median(Tensor.From([infinity, infinity, -infinity, -infinity], [2, 2]), 1).ToArray<float>());
    }

    [Fact]
    public void MistakesAreExplained()
    {
        Assert.Contains("'linear'", Assert.Throws<ArgumentException>(() => Ops.Quantile(new float[] { 1 }, 0.5, method: "linea")).Message, StringComparison.Ordinal);
        Assert.Contains("1.5", Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Quantile(new float[] { 1 }, 1.5)).Message, StringComparison.Ordinal);
        Assert.Contains("100", Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Percentile(new float[] { 1 }, -1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SymbolicShapesAreThoseOfData()
    {
        KerasTensor x = new Input([null, 4]), q = new Input(batchShape: [2]);
        foreach (Func<Tensor, Tensor, Ints?, string, bool, Tensor> quantile in (Func<Tensor, Tensor, Ints?, string, bool, Tensor>[])[Ops.Quantile, Ops.Percentile, Ops.Nanquantile, Ops.Nanpercentile])
        {
            Assert.Equal([2, null, 4], quantile(x, q, 1, "linear", false).Shape);
            Assert.Equal([2, null, 1, 4], quantile(x, q, 1, "nearest", true).Shape);
            Assert.Equal([], quantile(x, 0.5, null, "linear", false).Shape);
        }

        // Where a function is compiled nobody can look at q: what is out of range gives NaN.
        foreach (Func<Tensor, Tensor, Ints?, string, bool, Tensor> quantile in (Func<Tensor, Tensor, Ints?, string, bool, Tensor>[])[Ops.Quantile, Ops.Nanquantile])
        {
            Tensor numbers = new float[,] { { 1, 4, 2, 3 }, { 5, 6, 7, 8 } }, parts = new float[] { 0, 1, -0.5f, 1.5f };
            Tensor result = Jit.Compile([numbers.Spec, parts.Spec], t => [quantile(t[0], t[1], 1, "lower", false)]).Run(numbers, parts)[0];
            Assert.Equal([1, 5, 4, 8, float.NaN, float.NaN, float.NaN, float.NaN], result.ToArray<float>());
        }
    }

    [Fact]
    public void GradientsReachTheElementsAndThePlaces()
    {
        Tensor x = Tensor.From([0.3, -1.2, 2.5, 0.8, 1.9, -0.4, 3.1, -2.2], [2, 4]), q = Tensor.From([0.2, 0.55]);
        foreach (string method in s_methods)
        {
            GradientCheck.Of((t, p) => Ops.Quantile(t, p, 1, method), x, q);
            GradientCheck.Of((t, p) => Ops.Nanquantile(t, p, 1, method, true), x, q);
        }

        GradientCheck.Of((t, p) => Ops.Percentile(t, Ops.Multiply(p, 100)), x, q);
    }
}
