namespace NKeras.Tests.Operations;

/// <summary>Searching, counting, sets, segments and correlations. Expected numbers follow from the definitions, or are NumPy's where said.</summary>
public sealed class SearchingTests
{
    [Fact]
    public void PlacesAreBeforeOrBehindEqualElements()
    {
        Tensor sorted = Tensor.From([1.0, 2, 2, 3, double.NaN]), values = Tensor.From([0, 2, 2.5f, 9, float.NaN]);
        Assert.Equal([0, 1, 3, 4, 4], Ops.Searchsorted(sorted, values).ToArray<int>());
        Assert.Equal([0, 3, 3, 4, 5], Ops.Searchsorted(sorted, values, "right").ToArray<int>());
        Assert.Equal([1, 2, 3, 0], Ops.Digitize(new float[] { 0, 1.5f, 2, -1 }, new float[] { 0, 1, 2 }).ToArray<int>());
        // Numbers that float32 cannot tell apart.
        Assert.Equal(1, Ops.Searchsorted(Tensor.From<long>([9_007_199_254_740_992, 9_007_199_254_740_993]), Tensor.From<long>([9_007_199_254_740_993])).Item<int>());
        Assert.Equal([null, 3], Ops.Digitize(new Input([3]), new float[] { 1 }).Shape);
        Assert.Contains("(1, 3)", Assert.Throws<ArgumentException>(() => Ops.Searchsorted(new float[,] { { 1, 2, 3 } }, 1f)).Message, StringComparison.Ordinal);
        Assert.Contains("'middle'", Assert.Throws<ArgumentException>(() => Ops.Searchsorted(sorted, values, "middle")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MembersAreFoundWhateverTheirType()
    {
        Tensor x = Tensor.From([1, 2, 0, 7], [2, 2]);
        Assert.Equal([true, false, false, true], Ops.Isin(x, Tensor.From([7, 1, 1])).ToArray<bool>());
        Assert.Equal([false, true, true, false], Ops.Isin(x, Tensor.From([7, 1, 1]), invert: true).ToArray<bool>());
        Assert.Equal([false, false, false, false], Ops.Isin(x, Tensor.From(Array.Empty<int>())).ToArray<bool>());
        Assert.Equal([false, true], Ops.Isin(Tensor.From([float.NaN, 1]), Tensor.From([float.NaN, 1])).ToArray<bool>());
        Assert.Equal([true], Ops.Isin(Tensor.From([2L]), 2).ToArray<bool>());
        Assert.Equal([false], Ops.Isin(Tensor.From([4_294_967_298L]), 2).ToArray<bool>());
        Assert.Equal([null, 3], Ops.Isin(new Input([3]), new Input([5])).Shape);
    }

    [Fact]
    public void BinsIncludeTheirLowerEdgeAndTheLastItsUpper()
    {
        (Tensor counts, Tensor edges) = Ops.Histogram(new float[] { 0, 1, 2, 3, 4, 4 }, 4);
        Assert.Equal([1L, 1, 1, 3], counts.ToArray<long>());
        Assert.Equal([0f, 1, 2, 3, 4], edges.ToArray<float>());
        Assert.Equal([1L, 1], Ops.Histogram(Tensor.From([-5, 0, 1, 9]), 2, (0, 2)).Hist.ToArray<long>());
        Assert.Equal([2.5f, 3.5f], Ops.Histogram(new float[] { 3, 3 }, 1).BinEdges.ToArray<float>());
        Assert.Equal([0L, 0], Ops.Histogram(Ops.Zeros([0]), 2).Hist.ToArray<long>());
        Assert.Equal([5], Ops.Histogram(new Input(batchShape: [null]), 5).Hist.Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Histogram(new float[] { 1 }, 0));
        Assert.Throws<ArgumentException>(() => Ops.Histogram(new float[] { 1 }, range: (2, 1)));
        Assert.Throws<ArgumentException>(() => Ops.Histogram(new float[,] { { 1 } }));
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => Ops.Histogram(Tensor.From([1, float.NaN]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersAreCountedWithTheirWeights()
    {
        Tensor x = Tensor.From([3, 1, 1, 0]);
        Assert.Equal([1, 2, 0, 1], Ops.Bincount(x).ToArray<int>());
        Assert.Equal([1, 2, 0, 1, 0, 0], Ops.Bincount(x, minlength: 6).ToArray<int>());
        Assert.Equal([4f, 5, 0, 1], Ops.Bincount(x, new float[] { 1, 2, 3, 4 }).ToArray<float>());
        Assert.Equal([1, 1, 0, 0, 0, 2], Ops.Bincount(Tensor.From([0, 1, 2, 2], [2, 2])).ToArray<int>());
        Assert.Equal([0], Ops.Bincount(Tensor.From(Array.Empty<int>())).Shape);
        Assert.Equal([1, 2, 0, 1], Ops.ConvertToTensor(Ops.Bincount(x, sparse: true), sparse: false).ToArray<int>());
        Assert.Equal([null, null], Ops.Bincount(new Input([3], dtype: "int32")).Shape);
        Assert.Contains("-2", Assert.Throws<ArgumentException>(() => Ops.Bincount(Tensor.From([1, -2]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Ops.Bincount(new float[] { 1 }));
        Assert.Throws<ArgumentException>(() => Ops.Bincount(x, new float[] { 1 }));
    }

    [Fact]
    public void DifferentElementsComeWithAllThatIsAskedFor()
    {
        Tensor x = Tensor.From([3, 1, 3, 2], [2, 2]);
        Assert.Equal([1, 2, 3], Ops.Unique(x)[0].ToArray<int>());
        Tensors all = Ops.Unique(x, returnIndex: true, returnInverse: true, returnCounts: true);
        Assert.Equal([1L, 3, 0], all[1].ToArray<long>());
        Assert.Equal([2L, 0, 2, 1], all[2].ToArray<long>());
        Assert.Equal([2, 2], all[2].Shape);
        Assert.Equal([1L, 1, 2], all[3].ToArray<long>());
        Tensors filled = Ops.Unique(x, returnIndex: true, returnCounts: true, size: 5, fillValue: -1);
        Assert.Equal([1, 2, 3, -1, -1], filled[0].ToArray<int>());
        Assert.Equal([1L, 3, 0, 1, 1], filled[1].ToArray<long>());
        Assert.Equal([1L, 1, 2, 0, 0], filled[2].ToArray<long>());
        Assert.Equal([1, 2], Ops.Unique(x, size: 2)[0].ToArray<int>());
        Assert.Equal([1, 2, float.NaN, float.NaN], Ops.Unique(Tensor.From([float.NaN, 2, 1, float.NaN, 1]))[0].ToArray<float>());
        Assert.Equal([0], Ops.Unique(Ops.Zeros([0, 2]))[0].Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Unique(x, size: -1));
    }

    [Fact]
    public void SlicesAreComparedFromTheirFirstElementOn()
    {
        Tensor x = Tensor.From([2, 0, 1, 9, 2, 0, 1, 3], [4, 2]);
        Tensors rows = Ops.Unique(x, returnIndex: true, returnInverse: true, axis: 0);
        Assert.Equal([1, 3, 1, 9, 2, 0], rows[0].ToArray<int>());
        Assert.Equal([3L, 1, 0], rows[1].ToArray<long>());
        Assert.Equal([2L, 1, 2, 0], rows[2].ToArray<long>());
        Assert.Equal(Ops.Transpose(rows[0]).ToArray<int>(), Ops.Unique(Ops.Transpose(x), axis: -1)[0].ToArray<int>());
        KerasTensor symbol = new Input([3]);
        Assert.Equal([null, 3], Ops.Unique(symbol, axis: 0)[0].Shape);
        Assert.Equal([null, 5], Ops.Unique(symbol, axis: 1, size: 5)[0].Shape);
        Assert.Equal([null, 3], Ops.Unique(symbol, returnInverse: true)[1].Shape);
    }

    [Fact]
    public void SegmentsAreCombinedAndEmptyOnesAreNeutral()
    {
        Tensor x = new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 } }, ids = Tensor.From([2, 0, 2, -1]);
        Assert.Equal([3f, 4, 0, 0, 6, 8], Ops.SegmentSum(x, ids).ToArray<float>());
        Assert.Equal([3f, 4, 1, 1, 5, 12], Ops.SegmentProd(x, ids).ToArray<float>());
        Assert.Equal([3, 4, float.NegativeInfinity, float.NegativeInfinity, 5, 6], Ops.SegmentMax(x, ids).ToArray<float>());
        Assert.Equal([3, 4, float.PositiveInfinity, float.PositiveInfinity], Ops.SegmentMin(x, ids, 2).ToArray<float>());
        Assert.Equal([3, int.MinValue], Ops.SegmentMax(Tensor.From([1, 3]), Tensor.From([0, 0]), 2).ToArray<int>());
        Assert.Equal([4, 2], Ops.SegmentSum(x, ids, 4, sorted: false).Shape);
        Assert.Equal([7, 3], Ops.SegmentMax(new Input([3]), new Input(batchShape: [null], dtype: "int32"), 7).Shape);
        Assert.Equal([null, 3], Ops.SegmentProd(new Input([3]), new Input(batchShape: [null], dtype: "int32")).Shape);
        Assert.Contains("(3,)", Assert.Throws<ArgumentException>(() => Ops.SegmentSum(x, Tensor.From([1, 2, 3]))).Message, StringComparison.Ordinal);
        Tensor wide = Tensor.From([0.3, -1.2, 2.5, 0.8, 1.9, -0.4, 1.1, 0.9], [4, 2]);
        foreach (Func<Tensor, Tensor, int?, bool, Tensor> combine in (Func<Tensor, Tensor, int?, bool, Tensor>[])[Ops.SegmentSum, Ops.SegmentProd])
            GradientCheck.Of((t, i) => combine(t, i, 3, false), wide, ids);
        GradientCheck.Of((t, i) => Ops.SegmentMax(t, i, 2, false), wide, Tensor.From([0, 1, 0, 1]));
        GradientCheck.Of((t, i) => Ops.SegmentMin(t, i, 2, false), wide, Tensor.From([0, 1, 0, 1]));
    }

    [Fact]
    public void CorrelationsOfEveryModeAreNumPys()
    {
        // numpy.correlate([1, 2, 3, 4], [1, 0, 2], mode), and with the operands exchanged.
        Tensor a = new float[] { 1, 2, 3, 4 }, b = new float[] { 1, 0, 2 };
        Assert.Equal([7f, 10], Ops.Correlate(a, b).ToArray<float>());
        Assert.Equal([4f, 7, 10, 3], Ops.Correlate(a, b, "same").ToArray<float>());
        Assert.Equal([2f, 4, 7, 10, 3, 4], Ops.Correlate(a, b, "full").ToArray<float>());
        Assert.Equal([10f, 7], Ops.Correlate(b, a).ToArray<float>());
        Assert.Equal([3f, 10, 7, 4], Ops.Correlate(b, a, "same").ToArray<float>());
        Assert.Equal(DType.Float32, Ops.Correlate(Tensor.From([1, 2]), Tensor.From([1])).DType);
        Assert.Throws<ArgumentException>(() => Ops.Correlate(a, b, "half"));
        Assert.Throws<ArgumentException>(() => Ops.Correlate(a, Ops.Zeros([0])));
    }

    [Fact]
    public void CoefficientsAreThoseOfPearson()
    {
        Tensor x = new float[,] { { 1, 2, 3, 4 }, { 2, 4, 6, 8 }, { 1, -1, -1, 1 } };
        Tensor r = Ops.Corrcoef(x);
        Assert.Equal([3, 3], r.Shape);
        float[] expected = [1, 1, 0, 1, 1, 0, 0, 0, 1], actual = r.ToArray<float>();
        for (int i = 0; i < 9; i++) Assert.Equal(expected[i], actual[i], 1e-6f);
        Assert.Equal(1f, Ops.Corrcoef(new float[] { 1, 2, 5 }).Item<float>(), 1e-6f);
        Assert.Equal(DType.Float64, Ops.Corrcoef(Tensor.From<long>([1, 2, 2, 1], [2, 2])).DType);
        Assert.True(float.IsNaN(Ops.Corrcoef(new float[] { 1, 1 }).Item<float>()));
        Assert.Throws<ArgumentException>(() => Ops.Corrcoef(Ops.Zeros([1, 2, 3])));
    }
}
