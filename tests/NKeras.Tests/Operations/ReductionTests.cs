using NKeras.Core;

namespace NKeras.Tests.Operations;

/// <summary>Sums, products, extremes, truth, averages and deviations over axes. Expected numbers follow from the definitions.</summary>
public sealed class ReductionTests
{
    private static readonly Tensor s_matrix = new float[,] { { 1, 2, 3 }, { 6, 5, 4 } };

    private static readonly Func<Tensor, Ints?, bool, Tensor>[] s_reductions =
    [
        (x, axis, keep) => Ops.Sum(x, axis, keep), (x, axis, keep) => Ops.Prod(x, axis, keep), (x, axis, keep) => Ops.Max(x, axis, keep), (x, axis, keep) => Ops.Min(x, axis, keep),
        Ops.Amax, Ops.Amin, Ops.Mean, Ops.Var, Ops.Std, Ops.Ptp, Ops.Any, Ops.All, Ops.Median, Ops.Logsumexp,
        Ops.Nansum, Ops.Nanprod, Ops.Nanmax, Ops.Nanmin, Ops.Nanmean, Ops.Nanvar, Ops.Nanstd, Ops.Nanmedian,
        (x, axis, keep) => Ops.Moments(x, axis ?? [.. Enumerable.Range(0, x.Rank)], keep).Variance,
    ];

    [Fact]
    public void AllTakeAxesFromEitherEndAndKeepThemOnDemand()
    {
        Tensor x = Tensor.From([.. Enumerable.Range(0, 24).Select(i => (i * 7 % 24) * 0.1f)], [2, 3, 4]);
        foreach (Func<Tensor, Ints?, bool, Tensor> reduce in s_reductions)
        {
            Assert.Equal([], reduce(x, null, false).Shape);
            Assert.Equal([1, 1, 1], reduce(x, null, true).Shape);
            Assert.Equal([2, 4], reduce(x, 1, false).Shape);
            Assert.Equal([2, 1, 1], reduce(x, (-1, 1), true).Shape);
            Assert.Equal([2, 3, 4], reduce(x, Ints.Create([]), false).Shape);
            Assert.Equal(reduce(x, (0, 2), false).ToString(), reduce(x, (-1, 0), false).ToString());
            Assert.Contains("axis", Assert.ThrowsAny<ArgumentException>(() => reduce(x, 3, false)).Message, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("twice", Assert.ThrowsAny<ArgumentException>(() => reduce(x, (0, -3), false)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ShapesOfSymbolicTensorsAreInferredOverUnknownAxes()
    {
        KerasTensor x = new Input([null, 4]);
        foreach (Func<Tensor, Ints?, bool, Tensor> reduce in s_reductions)
        {
            Assert.Equal([null, 4], reduce(x, 1, false).Shape);
            Assert.Equal([null, 1, 4], reduce(x, 1, true).Shape);
            Assert.Equal([null, null], reduce(x, -1, false).Shape);
            Assert.Equal([], reduce(x, null, false).Shape);
            Assert.Equal([1, 1, 1], reduce(x, null, true).Shape);
        }

        Assert.Equal([null, 4], Ops.Argmax(x, 1).Shape);
        Assert.Equal([1, 1, 1], Ops.Nanargmin(x, keepdims: true).Shape);
        Assert.Equal([null, null], Ops.CountNonzero(x, 2).Shape);
        Assert.Equal([null, 4], Ops.Average(x, 1).Shape);
    }

    [Fact]
    public void NothingHasASumAProductAndATruthButNoExtreme()
    {
        Tensor none = Ops.Zeros([3, 0]);
        Assert.Equal([0f, 0, 0], Ops.Sum(none, 1).ToArray<float>());
        Assert.Equal(1, Ops.Prod(none).Item<float>());
        Assert.False(Ops.Any(none).Item<bool>());
        Assert.True(Ops.All(none).Item<bool>());
        Assert.Equal(float.NegativeInfinity, Ops.Logsumexp(none).Item<float>());
        foreach (Func<Tensor, Ints?, bool, Tensor> average in (Func<Tensor, Ints?, bool, Tensor>[])[Ops.Mean, Ops.Var, Ops.Std, Ops.Median, Ops.Nanmean, Ops.Nanvar, Ops.Nanmedian])
            Assert.All(average(none, 1, false).ToArray<float>(), v => Assert.True(float.IsNaN(v)));
        foreach (Func<Tensor, Ints?, bool, Tensor> extreme in (Func<Tensor, Ints?, bool, Tensor>[])[(x, a, k) => Ops.Max(x, a, k), (x, a, k) => Ops.Min(x, a, k), Ops.Amax, Ops.Amin, Ops.Ptp, Ops.Nanmax, Ops.Nanmin])
        {
            Assert.Contains("(3, 0)", Assert.Throws<ArgumentException>(() => extreme(none, 1, false)).Message, StringComparison.Ordinal);
            Assert.Equal([0], extreme(none, 0, false).Shape);
        }

        Assert.Equal([-2f, -2, -2], Ops.Max(none, 1, initial: -2).ToArray<float>());
        Assert.Throws<ArgumentException>(() => Ops.Argmax(none, 1));
        Assert.Throws<ArgumentException>(() => Ops.Nanargmax(none, 1));
    }

    [Fact]
    public void NanSpreadsUnlessItIsLeftOut()
    {
        Tensor x = Tensor.From([1, float.NaN, 3, float.NaN, float.NaN, float.NaN], [2, 3]);
        foreach (Func<Tensor, Ints?, bool, Tensor> reduce in (Func<Tensor, Ints?, bool, Tensor>[])[(t, a, k) => Ops.Max(t, a, k), Ops.Amin, Ops.Mean, Ops.Var, Ops.Median, Ops.Logsumexp])
            Assert.All(reduce(x, 1, false).ToArray<float>(), v => Assert.True(float.IsNaN(v)));
        Assert.Equal([4f, 0], Ops.Nansum(x, 1).ToArray<float>());
        Assert.Equal([3f, 1], Ops.Nanprod(x, 1).ToArray<float>());
        Assert.Equal([3, float.NaN], Ops.Nanmax(x, 1).ToArray<float>());
        Assert.Equal([1, float.NaN], Ops.Nanmin(x, 1).ToArray<float>());
        Assert.Equal([2, float.NaN], Ops.Nanmean(x, 1).ToArray<float>());
        Assert.Equal([1, float.NaN], Ops.Nanvar(x, 1).ToArray<float>());
        Assert.Equal([2, float.NaN], Ops.Nanmedian(x, 1).ToArray<float>());
        Assert.Equal([2, -1], Ops.Nanargmax(x, 1).ToArray<int>());
        Assert.Equal(0, Ops.Nanargmin(x).Item<long>());
        Assert.Equal(1, Ops.Argmax(x).Item<int>());
        // What Keras's own recipe gets wrong: an infinite element is no NaN.
        Assert.Equal(1, Ops.Nanargmax(Tensor.From([float.NaN, float.NegativeInfinity])).Item<long>());
        Assert.Equal(1, Ops.Nanargmin(Tensor.From([float.NaN, float.PositiveInfinity])).Item<long>());
    }

    [Fact]
    public void TypesAreKerass()
    {
        Tensor bytes = Tensor.From<byte>([200, 100]), wide = Tensor.From<long>([5_000_000_000, 1]), doubles = Tensor.From([0.1, 0.2]), flags = Tensor.From([true, true]);
        Assert.Equal(300u, Ops.Sum(bytes).Item<uint>());
        Assert.Equal(5_000_000_001, Ops.Sum(wide).Item<long>());
        Assert.Equal(5_000_000_000, Ops.Max(wide).Item<long>());
        Assert.Equal(2, Ops.Sum(flags).Item<int>());
        Assert.Equal(DType.Int32, Ops.Prod(wide).DType);
        Assert.Equal(5_000_000_000, Ops.Prod(wide, dtype: "int64").Item<long>());
        Assert.Equal(DType.Float64, Ops.Mean(doubles).DType);
        foreach (Func<Tensor, Ints?, bool, Tensor> narrow in (Func<Tensor, Ints?, bool, Tensor>[])[Ops.Var, Ops.Std, Ops.Median, Ops.Logsumexp, Ops.Nanmean, Ops.Nanvar])
        {
            Assert.Equal(DType.Float32, narrow(doubles, null, false).DType);
            Assert.Equal(DType.Float32, narrow(bytes, null, false).DType);
            Assert.Equal(DType.Float16, narrow(Ops.Cast(doubles, "float16"), null, false).DType);
        }

        using WideScope scope = WideScope.Wanted();
        Assert.Equal(DType.Float64, Ops.Var(doubles).DType);
    }

    [Fact]
    public void HalvesAreAveragedWithoutOverflow()
    {
        Tensor x = Ops.Full([100], 60000, "float16");
        Assert.Equal((Half)60000, Ops.Mean(x).Item<Half>());
        Assert.Equal((Half)60000, Ops.Average(x).Item<Half>());
        Assert.Equal((Half)0, Ops.Var(x).Item<Half>());
        // As Keras, moments stay within the range of float16: here the variance is 1e10.
        (Tensor mean, Tensor variance) = Ops.Moments(Ops.Cast(new float[] { -50000, 50000 }, "float16"), [0]);
        Assert.Equal((Half)0, mean.Item<Half>());
        Assert.Equal(Half.MaxValue, variance.Item<Half>());
    }

    [Fact]
    public void TinyVariancesAroundLargeMeansAreExact()
    {
        // The mean, a sixteenth above the first number, has no float32: its error would be a third of the variance.
        Tensor x = new float[] { 1e6f, 1e6f + 0.0625f, 1e6f + 0.125f };
        Assert.Equal(0.0625f * 0.0625f * 2 / 3, Ops.Var(x).Item<float>(), 1e-8f);
        Assert.Equal(Math.Sqrt(2.0 / 3) * 0.0625, Ops.Std(x).Item<float>(), 1e-7);
        Assert.Equal(0.0625f * 0.0625f * 2 / 3, Ops.Nanvar(Ops.Concatenate([x, new float[] { float.NaN }])).Item<float>(), 1e-8f);
        Assert.Equal(3f, Ops.Mean(Ops.Full([49], 3)).Item<float>());
        Assert.Equal(0f, Ops.Var(Ops.Full([49], 0.1)).Item<float>());
    }

    [Fact]
    public void LogsumexpNeitherOverflowsNorLosesInfinities()
    {
        float infinity = float.PositiveInfinity;
        Tensor x = Tensor.From([-infinity, -infinity, infinity, 1, 1e30f, 1e30f, -1e30f, -1e30f, -infinity, 3, 1000, 0], [6, 2]);
        Assert.Equal([-infinity, infinity, 1e30f, -1e30f, 3, 1000], Ops.Logsumexp(x, 1).ToArray<float>());
        Assert.Equal(MathF.Log(3), Ops.Logsumexp(Ops.Zeros([3])).Item<float>(), 1e-6f);
    }

    [Fact]
    public void AveragesTakeWeightsOfAllElementsOrOfAnAxis()
    {
        Assert.Equal((3 * 2 + 6 * 3 + 5 * 4) / 9f, Ops.Average(s_matrix, weights: new float[,] { { 0, 0, 2 }, { 3, 4, 0 } }).Item<float>(), 1e-6f);
        Assert.Equal([2.5f, 4.5f], Ops.Average(s_matrix, -1, new float[] { 0, 1, 1 }).ToArray<float>());
        Assert.Equal(DType.Float32, Ops.Average(Tensor.From([1, 2]), weights: Tensor.From([0.5, 0.5])).DType);
        Assert.Contains("(2,)", Assert.Throws<ArgumentException>(() => Ops.Average(s_matrix, 1, new float[] { 1, 2 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Ops.Average(s_matrix, weights: new float[] { 1, 2 }));
        KerasTensor x = new Input([3]), w = new Input([3]);
        Model model = new(KerasTensors.Create([x, w]), (KerasTensor)Ops.Average(x, 1, w));
        Assert.Equal([1.75f], model.ApplyAll(Tensors.Create([new float[,] { { 1, 2, 3 } }, new float[,] { { 2, 1, 1 } }]))[0].ToArray<float>());
    }

    [Fact]
    public void CountsDifferencesAndNoiseFollowTheirDefinitions()
    {
        Assert.Equal([1, 2, 2], Ops.CountNonzero(new float[,] { { 0, 2, float.NaN }, { 1, -1, 3 } }, 0).ToArray<int>());
        Assert.Equal([5f, 3, 1], Ops.Ptp(s_matrix, 0).ToArray<float>());
        Assert.Equal([true, false], Ops.Ptp(Tensor.From([true, false, true, true], [2, 2]), 1).ToArray<bool>());
        Assert.Equal(20 * MathF.Log10(4) - 10 * MathF.Log10(2), Ops.Psnr(new float[] { 1, 2 }, new float[] { 1, 4 }, 4).Item<float>(), 1e-5f);
        Assert.Contains("(3,)", Assert.Throws<ArgumentException>(() => Ops.Psnr(new float[] { 1, 2 }, new float[] { 1, 4, 5 }, 4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GradientsAreThoseOfDifferences()
    {
        Tensor x = Tensor.From([0.3, -1.2, 2.5, 0.8, 1.9, -0.4, 3.1, -2.2, 0.6, 1.4, -0.7, 2.8], [2, 3, 2]), nan = Tensor.From([0.3, double.NaN, 2.5, 0.8, -0.4, 1.7], [2, 3]);
        foreach (Func<Tensor, Ints?, bool, Tensor> reduce in s_reductions.Except([Ops.Any, Ops.All]))
        {
            GradientCheck.Of(t => reduce(t, null, false), x);
            GradientCheck.Of(t => reduce(t, (0, 2), true), x);
        }

        foreach (Func<Tensor, Ints?, bool, Tensor> reduce in (Func<Tensor, Ints?, bool, Tensor>[])[Ops.Nansum, Ops.Nanprod, Ops.Nanmax, Ops.Nanmin, Ops.Nanmean, Ops.Nanvar, Ops.Nanstd, Ops.Nanmedian])
        {
            Tensor numbers = Tensor.From([0.3, 2.5, 0.8, -0.4, 1.7]);
            GradientCheck.Of(t => reduce(Ops.Reshape(Ops.Concatenate([t[..1], Tensor.From([double.NaN]), t[1..]]), [2, 3]), 1, false), numbers);
        }

        Assert.True(double.IsNaN(Ops.Sum(nan).Item<double>()));
        GradientCheck.Of((t, w) => Ops.Average(t, 1, w), x, Tensor.From([0.5, 1.0, 2.0]));
        GradientCheck.Of((a, b) => Ops.Psnr(a, b, 2), x, Tensor.From([.. Enumerable.Range(0, 12).Select(i => i * 0.1)], [2, 3, 2]));
    }
}
