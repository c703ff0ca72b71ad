using NKeras.Core;
using NKeras.Engine.Runtime;

namespace NKeras.Tests.Operations;

/// <summary>Joining, cutting, reordering and updating: types, errors, symbolic shapes and gradients. Values are in <c>Properties</c>.</summary>
public sealed class ArrangementTests
{
    private static readonly Tensor s_matrix = Tensor.From([1.0, 2, 3, 4, 5, 6], [2, 3]);

    private static readonly Tensor s_other = Tensor.From([0.5, -1, 2, 7, -3, 4], [2, 3]);

    [Fact]
    public void JoinedTensorsHaveOneType()
    {
        Tensor small = Tensor.From<sbyte>([1, 2]), wide = Tensor.From([3L, 4]);
        Assert.Equal(DType.Int64, Ops.Concatenate([wide, wide]).DType);
        Assert.Equal(DType.Int32, Ops.Append(wide, wide).DType);
        Assert.Equal(DType.Int32, Ops.Concatenate([small, wide]).DType);
        Assert.Equal(DType.Float32, Ops.Stack([small, new float[] { 1, 2 }]).DType);
        Assert.Equal(DType.Int32, Ops.ColumnStack([wide, wide]).DType);
        Assert.Equal(DType.Int8, Ops.Stack([small, small]).DType);
        Assert.Equal([1f, 2, 3, 4, 1, 2], Ops.Append(new float[,] { { 1, 2 }, { 3, 4 } }, Tensor.From<sbyte>([1, 2])).ToArray<float>());
        using WideScope scope = WideScope.Wanted();
        Assert.Equal(DType.Int64, Ops.Concatenate([small, wide]).DType);
    }

    [Fact]
    public void VectorsAreRowsOrColumnsAsNumPyHasThem()
    {
        Tensor a = new int[] { 1, 2 }, b = new int[] { 3, 4 };
        Assert.Equal([4], Ops.Hstack([a, b]).Shape);
        Assert.Equal([2, 2], Ops.Vstack([a, b]).Shape);
        Assert.Equal([1, 2, 2], Ops.Dstack([a, b]).Shape);
        Assert.Equal([1, 3, 2, 4], Ops.ColumnStack([a, b]).ToArray<int>());
        Assert.Equal([2], Ops.Hstack([1, 2]).Shape);
        Assert.Equal([2, 1], Ops.Vstack([1, 2]).Shape);
        Assert.Equal([1, 1, 2], Ops.Dstack([1, 2]).Shape);
        Assert.Throws<ArgumentException>(() => Ops.ColumnStack([1, 2]));
        Assert.Throws<ArgumentException>(() => Ops.Concatenate([]));
        Assert.Throws<ArgumentException>(() => Ops.Concatenate([a, s_matrix]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Concatenate([a, b], 1));
        Assert.Throws<ArgumentException>(() => Ops.Stack([a, new int[] { 1, 2, 3 }]));
        Assert.Equal([2, null, 3], Ops.Stack([new KerasTensor([null, 3]), new KerasTensor([null, 3])]).Shape);
        Assert.Equal([null, 7], Ops.Hstack([new KerasTensor([null, 3]), new KerasTensor([null, 4])]).Shape);
        Assert.Equal([null], Ops.Append(new KerasTensor([null, 3]), new KerasTensor([2])).Shape);
    }

    [Fact]
    public void CutsMayLieOutside()
    {
        Tensor x = new int[] { 1, 2, 3, 4 };
        Assert.Equal([2, 1, 0, 1], Ops.Split(x, [2, 3, 3]).Select(p => p.Shape[0]!.Value));
        Assert.Equal([4, 0, 2], Ops.Split(x, [9, 2]).Select(p => p.Shape[0]!.Value)); // numpy.split: x[:9], x[9:2], x[2:]
        Assert.Throws<ArgumentException>(() => Ops.Split(x, 3));
        Assert.Throws<ArgumentException>(() => Ops.Split(x, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.ArraySplit(x, 0));
        Assert.Throws<ArgumentException>(() => Ops.Vsplit(x, 2));
        Assert.Throws<ArgumentException>(() => Ops.Dsplit(s_matrix, 1));
        Assert.Throws<ArgumentException>(() => Ops.Unstack(x, num: 3));
        Assert.Throws<ArgumentException>(() => Ops.Unstack(new KerasTensor([null, 2])));
        Assert.Equal(3, Ops.Unstack(new KerasTensor([null, 2]), num: 3).Count);
        Assert.Equal([null, 2], Ops.Split(new KerasTensor([null, 4]), 2, axis: 1)[1].Shape);
        Assert.Equal([null, 4], Ops.Split(new KerasTensor([null, 4]), 2)[1].Shape);
        IReadOnlyList<Tensor> open = Ops.Split(new KerasTensor([null, 4]), [1, 3]);
        Assert.Equal([[1, 4], [2, 4], [null, 4]], open.Select(o => o.Shape));
    }

    [Fact]
    public void AxesThatDoNotExistAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Swapaxes(s_matrix, 0, 2));
        Assert.Throws<ArgumentException>(() => Ops.Moveaxis(s_matrix, (0, 1), 0));
        Assert.Throws<ArgumentException>(() => Ops.Moveaxis(s_matrix, (0, -2), (0, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Flip(s_matrix, 2));
        Assert.Throws<ArgumentException>(() => Ops.Fliplr(new int[] { 1 }));
        Assert.Throws<ArgumentException>(() => Ops.Flipud(1));
        Assert.Throws<ArgumentException>(() => Ops.Rot90(s_matrix, axes: (0, -2)));
        Assert.Throws<ArgumentException>(() => Ops.Rot90(new int[] { 1 }));
        Assert.Throws<ArgumentException>(() => Ops.Roll(s_matrix, (1, 2, 3), (0, 1)));
        Assert.Throws<ArgumentException>(() => Ops.Repeat(s_matrix, (1, 2), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Repeat(s_matrix, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Tile(s_matrix, -1));
        Assert.Equal([2.0, 3, 1, 5, 6, 4], Ops.Roll(s_matrix, (1, 1), 1).ToArray<double>());
        Assert.Equal([null, 2], Ops.Rot90(new KerasTensor([2, null])).Shape);
        Assert.Equal([null, 8], Ops.Tile(new KerasTensor([null, 4]), 2).Shape);
        Assert.Equal([null], Ops.Repeat(new KerasTensor([null, 4]), 2).Shape);
    }

    [Fact]
    public void GradientsFlowBackToWhereElementsCameFrom()
    {
        GradientCheck.Of(x => Ops.Tile(x, (2, 1, 3)), s_matrix);
        GradientCheck.Of(x => Ops.Repeat(x, (2, 0, 3), 1), s_matrix);
        GradientCheck.Of(x => Ops.Repeat(x, 2), s_matrix);
        GradientCheck.Of(x => Ops.Roll(Ops.Flip(x, 1), 2, 1), s_matrix);
        GradientCheck.Of(x => Ops.Rot90(x, 3), s_matrix);
        GradientCheck.Of(x => Ops.Moveaxis(x, 0, 1), s_matrix);
        GradientCheck.Of(x => Ops.Stack(Ops.Unstack(x, axis: 1)), s_matrix);
        GradientCheck.Of(t => [.. Ops.Split(t[0], [1, 2], 1)], s_matrix);
        GradientCheck.Of((x, y) => Ops.Append(x, y), s_matrix, s_other);
        GradientCheck.Of((x, y) => Ops.Dstack([x, y]), s_matrix, s_other);
        GradientCheck.Of(x => Ops.Take(x, new int[,] { { 2, -1 }, { 0, 2 } }, 1), s_matrix);
        GradientCheck.Of(x => Ops.TakeAlongAxis(x, new int[,] { { 2, -1 }, { 0, 0 } }, 1), s_matrix);
        GradientCheck.Of(x => x[new[] { 1, 0, 1 }, new[] { 2, 2, 2 }], s_matrix);
        GradientCheck.Of(x => x[new[] { true, false }], s_matrix);
        GradientCheck.Of(x => Ops.Scatter(new int[,] { { 4 }, { 0 }, { 4 } }, x, [6, 2]), Tensor.From([1.0, 2, 3, 4, 5, 6], [3, 2]));
        GradientCheck.Of(x => Ops.Slice(x, [0, 1], (2, 2)), s_matrix);
        GradientCheck.Of((x, y) => Ops.SliceUpdate(x, [1, 0], y), s_matrix, Tensor.From([7.0, 8], [1, 2]));
        GradientCheck.Of(t => [Ops.SliceUpdate(t[0], [t[2], 1], t[1]), Ops.Slice(t[0], [t[2], 0], (1, 2))], s_matrix, Tensor.From([7.0, 8], [1, 2]), Tensor.From([1], []));
        Tensor places = new int[,] { { 1, 2 }, { 0, -1 }, { 1, 2 } }, updates = Tensor.From([2.5, -4, 9]);
        foreach (string? reduction in (string?[])[null, "add", "max", "min", "MUL"]) GradientCheck.Of((x, u) => Ops.ScatterUpdate(x, places, u, reduction), s_matrix, updates);
    }

    [Fact]
    public void UpdatesThatDoNotFitAreRefused()
    {
        Tensor x = new float[] { 1, 2, 3 };
        Assert.Equal([1f, 9, 9], Ops.ScatterUpdate(x, new int[,] { { 1 }, { -1 } }, 9).ToArray<float>());
        Assert.Throws<ArgumentException>(() => Ops.ScatterUpdate(x, new int[,] { { 1 } }, 9, "div"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.ScatterUpdate(x, new int[,] { { 3 } }, 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Scatter(new int[,] { { -4 } }, x, [3, 3]));
        Assert.Throws<ArgumentException>(() => Ops.ScatterUpdate(x, new int[,] { { 1, 1 } }, 9));
        Assert.Throws<ArgumentException>(() => Ops.ScatterUpdate(x, new int[,] { { 1 } }, new float[] { 1, 2 }));
        Assert.Throws<ArgumentException>(() => Ops.Scatter(1, x, [3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Slice(x, [2], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Slice(x, [-1], 1));
        Assert.Throws<ArgumentException>(() => Ops.Slice(x, [0, 0], (1, 1)));
        Assert.Throws<ArgumentException>(() => Ops.Slice(x, [0.5], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.SliceUpdate(x, [2], new float[] { 1, 2 }));
        Assert.Equal([2f, 3], Ops.Slice(x, [1], -1).ToArray<float>());
        Assert.Throws<ArgumentException>(() => Ops.TakeAlongAxis(x, new int[,] { { 0 } }, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.UnravelIndex(6, [2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.UnravelIndex(-1, [2, 3]));
    }

    [Fact]
    public void ComputedPlacesNeverReachOut()
    {
        Tensor x = new float[] { 1, 2, 3, 4 };
        Tensor[] Run(Func<Tensor[], IReadOnlyList<Tensor>> function, params Tensor[] arguments) => Jit.Compile([.. arguments.Select(a => a.Spec)], function).Run(arguments);

        // Parts are moved inside, as in JAX; updates elsewhere are left out.
        foreach (long start in (long[])[3, 99, int.MaxValue, 1L << 32, long.MaxValue])
        {
            Tensor[] results = Run(a => [Ops.Slice(a[0], [a[1]], 2), Ops.SliceUpdate(a[0], [a[1]], new float[] { 8, 9 })], x, Tensor.From([start], []));
            Assert.Equal([3f, 4], results[0].ToArray<float>());
            Assert.Equal([1f, 2, 8, 9], results[1].ToArray<float>());
        }

        foreach (int start in (int[])[-1, int.MinValue]) Assert.Equal([1f, 2], Run(a => [Ops.Slice(a[0], [a[1]], 2)], x, Tensor.From([start], []))[0].ToArray<float>());
        foreach (int place in (int[])[4, -5, int.MaxValue, int.MinValue])
        {
            Tensor[] results = Run(
                a => [.. new string?[] { null, "add", "max", "min", "mul" }.Select(r => Ops.ScatterUpdate(a[0], a[1], 9, r)), Ops.Scatter(a[1], new float[] { 5 }, [4])], x, Tensor.From([place], [1, 1]));
            Assert.All(results[..5], r => Assert.Equal([1f, 2, 3, 4], r.ToArray<float>()));
            Assert.Equal([0f, 0, 0, 0], results[5].ToArray<float>());
        }

        // A place that is outside of one axis does not come to lie in the next row.
        Assert.Equal(new float[6], Run(a => [Ops.Scatter(a[0], new float[] { 5 }, [2, 3])], Tensor.From([0, 3], [1, 2]))[0].ToArray<float>());
        Assert.Throws<InvalidOperationException>(() => Run(a => [Ops.Slice(a[0], [a[1]], -1)], x, Tensor.From([1], [])));
        Assert.Equal([null], Ops.Slice(new KerasTensor([4]), [new KerasTensor([], "int32")], -1).Shape);
    }

    [Fact]
    public void ClassNumbersOutOfRangeGiveZeros()
    {
        Assert.Equal([0f, 1, 0, 0, 0, 0, 0, 0], Ops.OneHot(new int[] { 1, -1, 2, 5 }, 2).ToArray<float>());
        Assert.Equal(new float[4], Ops.OneHot(Tensor.From([1L << 32, -(1L << 32)]), 2).ToArray<float>());
        Assert.Equal([0f, 0, 1], Ops.OneHot(Tensor.From([2UL], []), 3).ToArray<float>());
        Assert.Equal(0f, Ops.Sum(Ops.OneHot(Tensor.From<byte>([1], []), 300)[TensorIndex.Slice(2)]).Item<float>());
        Assert.Equal([3, 2], Ops.OneHot(new int[] { 0, 1 }, 3, axis: 0).Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.OneHot(new int[] { 0 }, 3, axis: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.OneHot(new int[] { 0 }, -1));
        Assert.Equal([1f, 0, 1, 0, 1, 0], Ops.MultiHot(new int[,] { { 0, 2 }, { 1, 9 } }, 3).ToArray<float>());
        Assert.Equal([1, 1, 0], Ops.MultiHot(new int[] { 0, 1, 1 }, 3, dtype: "int32").ToArray<int>());
        Assert.Equal([0f, 0], Ops.MultiHot(Ops.Zeros([1, 0], "int32"), 2).ToArray<float>());

        SparseTensor sparse = Assert.IsType<SparseTensor>(Ops.OneHot(new int[] { 1, -1, 0 }, 2, sparse: true));
        Assert.Equal(2, sparse.Values.Shape[0]);
        Assert.Equal([0f, 1, 0, 0, 1, 0], sparse.ToDense().ToArray<float>());
        KerasTensor symbolic = (KerasTensor)Ops.MultiHot(new KerasTensor([null, 2], "int32"), 4, sparse: true);
        Assert.True(symbolic.Sparse);
        Assert.Equal([null, 4], symbolic.Shape);
        Input x = new([2], dtype: "int32");
        Model model = new(x, new NKeras.Layers.Dense(1, kernelInitializer: "ones", useBias: false).Apply((KerasTensor)Ops.MultiHot(x, 4, sparse: true)));
        Assert.Equal([2f, 1], model.Predict(Tensor.From([0, 3, 2, 2], [2, 2])).ToArray<float>());
    }

    [Fact]
    public void ResultsWhoseShapeDependsOnDataAreForDataOnly()
    {
        Tensor x = new float[] { 0, 2, float.NaN };
        Assert.Equal([1, 2], Ops.Nonzero(x)[0].ToArray<int>());
        Assert.Equal([0], Ops.Nonzero(3)[0].ToArray<int>());
        Assert.Equal([[null], [null]], Ops.Nonzero(new KerasTensor([2, null])).Select(n => n.Shape));
        Assert.Contains("depends on data", Assert.Throws<InvalidOperationException>(() => Jit.Compile([x.Spec], a => Ops.Nonzero(a[0]))).Message);
        Assert.Contains("depends on data", Assert.Throws<InvalidOperationException>(() => Jit.Compile([x.Spec], a => [a[0][Ops.Greater(a[0], 1)]])).Message);

        // In a model they work with data.
        Input i = new([3]);
        Model model = new(i, i[i > 0]);
        Assert.Equal([null], model.OutputShape);
        Assert.Equal([2f, 5], model.Apply(new float[,] { { 0, 2, -1 }, { 5, 0, 0 } }).ToArray<float>());
    }
}
