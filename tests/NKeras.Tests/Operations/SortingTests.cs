using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Tests.Operations;

/// <summary>Sorting, ranking, running totals and differences. Expected numbers follow from the definitions.</summary>
public sealed class SortingTests
{
    [Fact]
    public void SortingKeepsEqualElementsInOrderAndPutsNanLast()
    {
        Tensor x = Tensor.From([2, float.NaN, -0f, 2, float.NegativeInfinity, 0, float.PositiveInfinity, float.NaN]);
        Assert.Equal([4, 2, 5, 0, 3, 6, 1, 7], Ops.Argsort(x).ToArray<int>());
        Assert.Equal([float.NegativeInfinity, -0f, 0, 2, 2, float.PositiveInfinity, float.NaN, float.NaN], Ops.Sort(x).ToArray<float>());
        Assert.Equal([1L, 7, 6, 0], Ops.TopK(x, 4).Indices.ToArray<long>());
        Assert.Equal([false, false, true, true], Ops.Sort(Tensor.From([true, false, true, false])).ToArray<bool>());
        Assert.Equal([ulong.MinValue, 5, ulong.MaxValue], Ops.Sort(Tensor.From<ulong>([5, ulong.MaxValue, 0])).ToArray<ulong>());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(3000)]
    public void SortingOrdersEveryAxisLikeLinq(int length)
    {
        Random random = new(length);
        int[] numbers = [.. Enumerable.Range(0, 2 * length).Select(_ => random.Next(-length / 2, length / 2))];
        Tensor rows = Tensor.From(numbers, [2, length]);
        int[] expected = [.. numbers[..length].Order(), .. numbers[length..].Order()];
        Assert.Equal(expected, Ops.Sort(rows).ToArray<int>());
        Assert.Equal(expected, Ops.Transpose(Ops.Sort(Ops.Transpose(rows), axis: 0)).ToArray<int>());
        int[] order = [.. Enumerable.Range(0, 2 * length).OrderBy(i => numbers[i])];
        foreach (DType type in (DType[])[DType.Int32, DType.Float32, DType.Float64, DType.Int64, DType.Int16])
            Assert.Equal(order, Ops.Argsort(Ops.Cast(rows, type), axis: null).ToArray<int>());
    }

    [Fact]
    public void PartitionsHaveTheirElementInPlace()
    {
        Assert.Equal(1, Ops.Argpartition(new float[] { 3, 9, 1 }, 2).ToArray<int>()[2]);
        Assert.Equal([3], Ops.Argpartition(Ops.Zeros([3, 1]), -1, axis: null).Shape);
        Assert.Contains("5", Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Argpartition(Ops.Zeros([3, 4]), 5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TopKTakesAsManyAsThereAre()
    {
        (Tensor values, Tensor indices) = Ops.TopK(new float[,] { { 1, 3, 2 }, { 4, 4, 5 } }, 2);
        Assert.Equal([3f, 2, 5, 4], values.ToArray<float>());
        Assert.Equal([1L, 2, 2, 0], indices.ToArray<long>());
        Assert.Equal([2, 0], Ops.TopK(Ops.Zeros([2, 3]), 0).Values.Shape);
        Assert.Equal([null, 2], Ops.TopK(new Input([5]), 2).Values.Shape);
        Assert.Contains("(2, 3)", Assert.Throws<ArgumentException>(() => Ops.TopK(Ops.Zeros([2, 3]), 4)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => Ops.TopK(Ops.Zeros([2, 3]), -1));
        Assert.ThrowsAny<ArgumentException>(() => Ops.TopK(1f, 1));
    }

    [Fact]
    public void RunningTotalsFlattenAndChooseTheirType()
    {
        Tensor x = Tensor.From([1, 2, 3, 4], [2, 2]);
        Assert.Equal([1, 3, 6, 10], Ops.Cumsum(x).ToArray<int>());
        Assert.Equal([1, 2, 4, 6], Ops.Cumsum(x, 0).ToArray<int>());
        Assert.Equal([1f, 2, 3, 12], Ops.Cumprod(x, -1, "float32").ToArray<float>());
        Assert.Equal([1, 1, 2], Ops.Cumsum(Tensor.From([true, false, true])).ToArray<int>());
        Assert.Equal([200, 144], Ops.Cumsum(Tensor.From<byte>([200, 200])).ToArray<byte>()); // As in Keras: bytes stay bytes.
        Assert.Equal([5_000_000_000], Ops.Cumsum(Tensor.From<long>([5_000_000_000]), dtype: "int64").ToArray<long>());
        Assert.Equal([1f, 1, 3], Ops.Nancumsum(Tensor.From([1, float.NaN, 2])).ToArray<float>());
        Assert.Equal([1f, 1, 2], Ops.Nancumprod(Tensor.From([1, float.NaN, 2])).ToArray<float>());
        Assert.Equal([null, 3], Ops.Cumsum(new Input([3]), 1).Shape);
        Assert.Equal([null], Ops.Cumprod(new Input([3])).Shape);
        Assert.Equal([0, 3], Ops.Cumsum(Ops.Zeros([0, 3]), 0).Shape);
    }

    [Fact]
    public void DifferencesAreTakenSeveralTimes()
    {
        Tensor x = Tensor.From([1, 4, 9, 16, 25]);
        Assert.Equal([3, 5, 7, 9], Ops.Diff(x).ToArray<int>());
        Assert.Equal([2, 2, 2], Ops.Diff(x, 2).ToArray<int>());
        Assert.Equal([0], Ops.Diff(x, 7).Shape);
        Assert.Equal([true, false], Ops.Diff(Tensor.From([true, false, false])).ToArray<bool>());
        Assert.Equal([null, 2], Ops.Diff(new Input([3])).Shape);
        Assert.Equal([null, 3], Ops.Diff(new Input([3]), axis: 0).Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Diff(x, -1));
        Assert.Throws<ArgumentException>(() => Ops.Diff(1));
    }

    [Fact]
    public void TrapezoidsAddUpToIntegrals()
    {
        Tensor y = new float[,] { { 0, 1, 4 }, { 0, 2, 8 } };
        Assert.Equal([3f, 6], Ops.Trapezoid(y).ToArray<float>());
        Assert.Equal([1.5f, 3], Ops.Trapezoid(y, dx: 0.5).ToArray<float>());
        // At 0, 1 and 3: halves of 1 + 2 · 5.
        Assert.Equal([5.5f, 11], Ops.Trapezoid(y, new float[] { 0, 1, 3 }).ToArray<float>());
        Assert.Equal([0f, 1.5f, 6], Ops.Trapezoid(y, axis: 0).ToArray<float>());
        Assert.Equal(DType.Float32, Ops.Trapezoid(Tensor.From([1, 2])).DType);
        KerasTensor symbol = new Input([3]);
        Assert.Equal([null], Ops.Trapezoid(symbol, new Input([3])).Shape);
    }

    [Fact]
    public void GradientsAreThoseOfDifferences()
    {
        Tensor x = Tensor.From([0.3, -1.2, 2.5, 0.8, 1.9, -0.4], [2, 3]), zeros = Tensor.From([2.0, 0, 3, 0, 0, 5], [2, 3]);
        GradientCheck.Of(t => Ops.Sort(t, 0), x);
        GradientCheck.Of(t => Ops.Sort(t, null), x);
        GradientCheck.Of(t => Ops.TopK(t, 2).Values, x);
        GradientCheck.Of(t => Ops.Cumsum(t, 1), x);
        GradientCheck.Of(t => Ops.Cumprod(t), zeros);
        GradientCheck.Of(t => Ops.Cumprod(t, 1), zeros);
        GradientCheck.Of(t => Ops.Diff(t, 2), x);
        GradientCheck.Of((y, t) => Ops.Trapezoid(y, t), x, Tensor.From([0.0, 1, 3]));
        GradientCheck.Of((a, b) => Ops.Correlate(Ops.Reshape(a, [6]), b, "same"), x, Tensor.From([0.5, -1, 2]));
        GradientCheck.Of(t => Ops.Corrcoef(t), x);
    }

    [Fact]
    public void SortingDoesNotDependOnWhetherItIsCompiled()
    {
        Tensor x = new float[,] { { 3, 1, 2 }, { 6, 5, 4 } };
        Executable program = Jit.Compile([x.Spec], t => [Ops.Sort(t[0], 0), Ops.Argsort(t[0]), .. Ops.Unique(t[0], returnCounts: true, size: 4)]);
        Tensor[] results = program.Run(x);
        Assert.Equal(Ops.Sort(x, 0).ToString(), results[0].ToString());
        Assert.Equal(Ops.Argsort(x).ToString(), results[1].ToString());
        Assert.Equal([1f, 2, 3, 4], results[2].ToArray<float>());
        Assert.Contains("size", Assert.Throws<InvalidOperationException>(() => Jit.Compile([x.Spec], t => [.. Ops.Unique(t[0])])).Message, StringComparison.Ordinal);
        Assert.Contains("compiled", Assert.Throws<InvalidOperationException>(() => Trace.Function([new(new Shape([3]), DType.Int32)], t => [Ops.Bincount(t[0])])).Message, StringComparison.Ordinal);
    }
}
