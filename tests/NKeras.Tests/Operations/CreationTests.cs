using NKeras.Core;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary>Functions that make tensors; expected values are NumPy's.</summary>
public sealed class CreationTests
{
    [Fact]
    public void FilledTensorsTakeTheDefaultTypeOrTheOneGiven()
    {
        Assert.Equal([0f, 0], Ops.Zeros(2).ToArray<float>());
        Assert.Equal([1, 1], Ops.Ones([2, 1], "int32").ToArray<int>());
        Assert.Equal([2], Ops.Empty([2], "bfloat16").Shape);
        Assert.Equal([1.5f, 2.5f, 1.5f, 2.5f], Ops.Full([2, 2], new float[] { 1.5f, 2.5f }).ToArray<float>());
        Assert.Equal([int.MaxValue - 1], Ops.Full(1, int.MaxValue - 1, "int32").ToArray<int>());
        Tensor like = Tensor.From([1L, 2]);
        Assert.Equal([7L, 7], Ops.FullLike(like, 7).ToArray<long>());
        Assert.Equal([0f, 0], Ops.EmptyLike(like, "float32").ToArray<float>());
        Assert.Throws<ArgumentException>(() => Ops.Full([3], new float[] { 1, 2 }));
        Assert.Throws<ArgumentException>(() => Ops.Zeros([null, 3]));
        Assert.Equal([null, 3], Ops.FullLike(new KerasTensor([null, 3]), 2).Shape);
        Assert.Equal([2L], Ops.Array(Tensor.From([2L])).ToArray<long>());
        Assert.Equal([(byte)3], Ops.Array(new int[] { 3 }, "uint8").ToArray<byte>());
    }

    [Fact]
    public void RangesCountUpAndDown()
    {
        Assert.Equal([0, 1, 2], Ops.Arange(3).ToArray<int>());
        Assert.Equal([5, 3, 1], Ops.Arange(5, 0, -2).ToArray<int>());
        Assert.Empty(Ops.Arange(3, 1).ToArray<int>());
        Assert.Equal([0f, 0.3f, 0.6f, 0.9f], Ops.Arange(0, 1, 0.3).ToArray<float>());
        Assert.Equal(DType.Float16, Ops.Arange(4, dtype: "float16").DType);
        Assert.Equal(DType.Int32, Ops.Arange(Tensor.From([4L], [])).DType);
        Assert.Throws<ArgumentException>(() => Ops.Arange(0, 5, 0));
        Assert.Throws<ArgumentException>(() => Ops.Arange(0, double.NaN));
        Assert.Throws<ArgumentException>(() => Ops.Arange(new KerasTensor([], "int32")));
        Assert.Throws<ArgumentException>(() => Ops.Arange(new int[] { 1, 2 }));
    }

    [Fact]
    public void SpacesReachBothEnds()
    {
        Assert.Equal([0f, 2.5f, 5, 7.5f, 10], Ops.Linspace(0, 10, 5).ToArray<float>());
        Assert.Equal([0f, 2.5f, 5, 7.5f], Ops.Linspace(0, 10, 4, endpoint: false).ToArray<float>());
        Assert.Equal([3, 1, -1, -3, -4], Ops.Linspace(3, -4, 5, dtype: "int32").ToArray<int>());
        Assert.Equal([2f], Ops.Linspace(2, 5, 1).ToArray<float>());
        Assert.Empty(Ops.Linspace(2, 5, 0).ToArray<float>());
        Tensor rows = Ops.Linspace(new int[] { 0, 1 }, new int[] { 4, 9 }, 3, axis: -1);
        Assert.Equal([2, 3], rows.Shape);
        Assert.Equal([0f, 2, 4, 1, 5, 9], rows.ToArray<float>());
        (Tensor samples, Tensor? step) = Ops.Linspace(0, 10, 5, retstep: true);
        Assert.Equal(5, samples.Shape[0]);
        Assert.Equal(2.5f, step!.Item<float>());
        Assert.True(float.IsNaN(Ops.Linspace(0, 10, 1, retstep: true).Step!.Item<float>()));
        Assert.Null(Ops.Linspace(0, 10, 5, true, retstep: false).Step);
        // The last one is the end itself, not what additions lead to.
        Assert.Equal(0.1f, Ops.Linspace(0.7, 0.1, 7).ToArray<float>()[^1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Linspace(0, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Linspace(0, 1, 3, axis: 1));
        Assert.Equal([null, 4, 2], Ops.Linspace(new KerasTensor([null, 2]), 1.0, 4, axis: 1).Shape);

        Assert.Equal([1f, 2, 4, 8], Ops.Logspace(0, 3, 4, @base: 2).ToArray<float>());
        RecordedData.AssertClose("up", new float[] { 1, 10, 100, 1000 }, Ops.Geomspace(1, 1000, 4));
        RecordedData.AssertClose("negative", new float[] { -1, -2, -4, -8 }, Ops.Geomspace(-1, -8, 4));
        RecordedData.AssertClose("down", new float[] { 1000, 100, 10, 1 }, Ops.Geomspace(1000, 1, 4));
        Assert.Throws<ArgumentException>(() => Ops.Geomspace(0, 5));
        Tensor a = Tensor.From([0.5, 2.0]), b = Tensor.From([3.0, 1.5]);
        GradientCheck.Of((x, y) => Ops.Linspace(x, y, 4), a, b);
        GradientCheck.Of((x, y) => Ops.Logspace(x, y, 4, endpoint: false, @base: 2, axis: 1), a, b);
        GradientCheck.Of((x, y) => Ops.Geomspace(x, y, 4), a, b);
    }

    [Fact]
    public void WindowsAreNumPys()
    {
        RecordedData.AssertClose("bartlett", new float[] { 0, 0.5f, 1, 0.5f, 0 }, Ops.Bartlett(5));
        RecordedData.AssertClose("blackman", new float[] { 0, 0.34f, 1, 0.34f, 0 }, Ops.Blackman(5));
        RecordedData.AssertClose("hamming", new float[] { 0.08f, 0.54f, 1, 0.54f, 0.08f }, Ops.Hamming(5));
        RecordedData.AssertClose("hanning", new float[] { 0, 0.5f, 1, 0.5f, 0 }, Ops.Hanning(5));
        RecordedData.AssertClose("kaiser", new float[] { 7.726867e-6f, 0.16493219f, 1, 0.16493219f, 7.726867e-6f }, Ops.Kaiser(5, 14));
        foreach (Func<Tensor, Tensor> window in (Func<Tensor, Tensor>[])[Ops.Bartlett, Ops.Blackman, Ops.Hamming, Ops.Hanning, x => Ops.Kaiser(x, 0)])
        {
            Assert.Equal([1f], window(1).ToArray<float>());
            Assert.Empty(window(0).ToArray<float>());
            Assert.Empty(window(-3).ToArray<float>());
            Assert.Throws<ArgumentException>(() => window(new KerasTensor([], "int32")));
        }
    }

    [Fact]
    public void MatricesHaveTheirDiagonals()
    {
        Assert.Equal([0f, 1, 0, 0, 0, 1], Ops.Eye(2, 3, 1).ToArray<float>());
        Assert.Equal([0f, 0, 1, 0], Ops.Eye(2, k: -1).ToArray<float>());
        Assert.Equal([0f, 0, 0, 0], Ops.Eye(2, k: int.MaxValue).ToArray<float>());
        Assert.Equal([0f, 0, 0, 0], Ops.Eye(2, k: int.MinValue).ToArray<float>());
        Assert.Equal([true, false, false, true], Ops.Identity(2, "bool").ToArray<bool>());
        Assert.Equal([1f, 1, 0, 1, 1, 1], Ops.Tri(2, 3, 1).ToArray<float>());
        Assert.Equal([0, 0], Ops.Eye(0).Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Eye(-1));
        Assert.Throws<ArgumentException>(() => Ops.Diag(Ops.Zeros([2, 2, 2])));
        Assert.Throws<ArgumentException>(() => Ops.Tril(new float[] { 1, 2 }));
        Assert.Equal([null, null], Ops.Diag(new KerasTensor([null]), 1).Shape);
        Assert.Equal([5, 5], Ops.Diag(new KerasTensor([3]), -2).Shape);
        Assert.Equal([null, 3, null], Ops.Tril(new KerasTensor([null, 3, null])).Shape);
        Assert.Equal([3, null], Ops.Diagonal(new KerasTensor([null, 3, 4]), axis1: 0, axis2: 2).Shape);

        Tensor square = Tensor.From([1.0, 2, 3, 4, 5, 6], [2, 3]);
        GradientCheck.Of(x => Ops.Triu(x), square);
        GradientCheck.Of(x => Ops.Diagonal(x, 1), square);
        GradientCheck.Of(x => Ops.Trace(x, -1), square);
        GradientCheck.Of(x => Ops.Diagflat(x, -2), square);
    }

    [Fact]
    public void PowersFormARowForEachElement()
    {
        Assert.Equal([4, 2, 1, 9, 3, 1, 25, 5, 1], Ops.Vander(new int[] { 2, 3, 5 }).ToArray<int>());
        Assert.Equal([1, 2, 4, 8, 1, 0, 0, 0, 1, 5, 25, 125], Ops.Vander(new int[] { 2, 0, 5 }, 4, increasing: true).ToArray<int>());
        Assert.Equal([2, 0], Ops.Vander(new int[] { 2, 0 }, 0).Shape);
        Assert.Equal([null, 3], Ops.Vander(new KerasTensor([null]), 3).Shape);
        Assert.Throws<ArgumentException>(() => Ops.Vander(Ops.Zeros([2, 2])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Vander(new int[] { 1 }, -1));
        GradientCheck.Of(x => Ops.Vander(x, 3), Tensor.From([0.5, -2.0]));
    }

    [Fact]
    public void GridsHaveTheFirstVectorAcrossOrAlong()
    {
        IReadOnlyList<Tensor> across = Ops.Meshgrid(new int[] { 1, 2, 3 }, new int[] { 4, 5 });
        Assert.Equal([2, 3], across[0].Shape);
        Assert.Equal([1, 2, 3, 1, 2, 3], across[0].ToArray<int>());
        Assert.Equal([4, 4, 4, 5, 5, 5], across[1].ToArray<int>());
        IReadOnlyList<Tensor> along = Ops.Meshgrid([new int[] { 1, 2, 3 }, new int[] { 4, 5 }], indexing: "ij");
        Assert.Equal([1, 1, 2, 2, 3, 3], along[0].ToArray<int>());
        Assert.Equal([3, 2, 4], Ops.Meshgrid(Ops.Zeros(2), Ops.Zeros(3), Ops.Zeros(4))[2].Shape);
        Assert.Equal([4, null], Ops.Meshgrid([new KerasTensor([null]), new KerasTensor([2, 2])])[0].Shape);
        Assert.Throws<ArgumentException>(() => Ops.Meshgrid([Ops.Zeros(2)], "yx"));
        GradientCheck.Of(t => [.. Ops.Meshgrid(t)], Tensor.From([1.0, 2]), Tensor.From([3.0, 4, 5]));
    }

    [Fact]
    public void WideTypesAreKeptWhereTheyAreWanted()
    {
        Assert.Equal(DType.Float32, Ops.Linspace(Tensor.From([0.0], []), 1, 3).DType);
        using WideScope scope = WideScope.Wanted();
        Assert.Equal(DType.Float64, Ops.Linspace(Tensor.From([0.0], []), 1, 3).DType);
    }
}
