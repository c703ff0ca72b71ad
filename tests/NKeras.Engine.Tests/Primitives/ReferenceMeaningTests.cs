using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using NKeras.Engine.Runtime;
using Convert = NKeras.Engine.Primitives.Convert;

namespace NKeras.Engine.Tests.Primitives;

/// <summary>The plain kernels against small cases worked out by hand.</summary>
public sealed class ReferenceMeaningTests
{
    private static readonly float[] s_six = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void ReshapeAndStopGradientKeepTheOrder()
    {
        Tensor y = Apply(new Reshape([3, -1]), Tensor.From(s_six, new([2, 3])));
        Assert.Equal(new Shape([3, 2]), y.Shape);
        Assert.Equal(s_six, y.ToArray<float>());
        Assert.Equal(s_six, Apply(new StopGradient(), Tensor.From(s_six)).ToArray<float>());
    }

    [Fact]
    public void TransposeReordersAxes()
    {
        Assert.Equal([1, 4, 2, 5, 3, 6], Apply(new Transpose([1, 0]), Tensor.From(s_six, new([2, 3]))).ToArray<float>());
        Tensor cube = Tensor.From([.. Enumerable.Range(0, 24)], new([2, 3, 4]));
        Tensor y = Apply(new Transpose([2, 0, 1]), cube);
        Assert.Equal(new Shape([4, 2, 3]), y.Shape);
        Assert.Equal([0, 4, 8, 12, 16, 20, 1, 5, 9], y.ToArray<int>()[..9]);
    }

    [Fact]
    public void BroadcastToRepeats()
    {
        Assert.Equal([1, 1, 1, 2, 2, 2], Apply(new BroadcastTo([2, 3]), Tensor.From([1, 2], new([2, 1]))).ToArray<int>());
        Assert.Equal([1, 2, 1, 2], Apply(new BroadcastTo([2, 2]), Tensor.From([1, 2])).ToArray<int>());
    }

    [Fact]
    public void SliceTakesEveryStepUpToTheStop() =>
        Assert.Equal([4, 6], Apply(new Slice([1, 0], [2, 3], [1, 2]), Tensor.From(s_six, new([2, 3]))).ToArray<float>());

    [Fact]
    public void PadSurroundsAndSeparates()
    {
        Assert.Equal([9, 1, 9, 9, 2, 9, 9, 9], Apply(new Pad([1], [3], [2]), Tensor.From([1, 2]), Tensor.From([9], Shape.Scalar)).ToArray<int>());
        Assert.Equal([0, 0, 0, 1, 0, 2], Apply(new Pad([1, 1], [0, 0], [0, 0]), Tensor.From([1, 2], new([2, 1])), Tensor.From([0], Shape.Scalar)).ToArray<int>());
    }

    [Fact]
    public void ConcatenateJoinsAlongTheAxis()
    {
        Tensor a = Tensor.From([1, 2], new([2, 1])), b = Tensor.From([3, 4, 5, 6], new([2, 2]));
        Assert.Equal([1, 3, 4, 2, 5, 6], Apply(new Concatenate(1), a, b).ToArray<int>());
        Assert.Equal([3, 4, 5, 6, 3, 4, 5, 6], Apply(new Concatenate(0), b, b).ToArray<int>());
    }

    [Fact]
    public void GatherTakesSlicesAndGivesNaNOutside()
    {
        Tensor x = Tensor.From(s_six, new([3, 2]));
        Assert.Equal([5, 6, 1, 2, float.NaN, float.NaN], Apply(new Gather(0), x, Tensor.From([2, 0, 3])).ToArray<float>());
        Assert.Equal([2, 2, 4, 4, 6, 6], Apply(new Gather(1), x, Tensor.From([1, 1])).ToArray<float>());
        Assert.Equal([0, 20], Apply(new Gather(0), Tensor.From([10, 20]), Tensor.From([-1, 1])).ToArray<int>());
    }

    [Fact]
    public void ScatterAddAddsUpAndDropsOutside()
    {
        Tensor x = Tensor.From(s_six, new([3, 2]));
        Assert.Equal([0, 0, 6, 8, 0, 0, 0, 0], Apply(new ScatterAdd(0, 4), Tensor.From([1, 7, 1]), x).ToArray<float>());
        Assert.Equal([2, 1, 4, 3, 6, 5], Apply(new ScatterAdd(1, 2), Tensor.From([1, 0]), x).ToArray<float>());
        Assert.Equal([true], Apply(new ScatterAdd(0, 1), Tensor.From([0, 0]), Tensor.From([true, true])).ToArray<bool>());
    }

    [Theory]
    [InlineData("Sum", 9f, 12f)]
    [InlineData("Product", 15f, 48f)]
    [InlineData("Max", 5f, 6f)]
    [InlineData("Min", 1f, 2f)]
    public void ReduceCombinesAlongAxes(string kind, float first, float second) =>
        Assert.Equal([first, second], Apply(new Reduce(Enum.Parse<ReductionKind>(kind), [0]), Tensor.From(s_six, new([3, 2]))).ToArray<float>());

    [Fact]
    public void ReduceOfNothingGivesTheNeutralElement()
    {
        T Of<T>(ReductionKind kind)
            where T : unmanaged => Apply(new Reduce(kind, [0]), Tensor.From(Array.Empty<T>())).Item<T>();
        Assert.Equal(0f, Of<float>(ReductionKind.Sum));
        Assert.Equal(1f, Of<float>(ReductionKind.Product));
        Assert.Equal(float.NegativeInfinity, Of<float>(ReductionKind.Max));
        Assert.Equal(double.PositiveInfinity, Of<double>(ReductionKind.Min));
        Assert.Equal(sbyte.MinValue, Of<sbyte>(ReductionKind.Max));
        Assert.Equal(short.MaxValue, Of<short>(ReductionKind.Min));
        Assert.Equal(0u, Of<uint>(ReductionKind.Max));
        Assert.Equal(ulong.MaxValue, Of<ulong>(ReductionKind.Min));
        Assert.Equal(long.MinValue, Of<long>(ReductionKind.Max));
        Assert.False(Of<bool>(ReductionKind.Any));
        Assert.True(Of<bool>(ReductionKind.All));
    }

    [Fact]
    public void ReduceOfBooleansStaysBoolean()
    {
        Tensor x = Tensor.From([true, true, false]);
        Assert.Equal([1], Apply(new Convert(DType.Int32), Reshaped(Apply(new Reduce(ReductionKind.Sum, [0]), x))).ToArray<int>());
        Assert.True(Apply(new Reduce(ReductionKind.Any, [0]), x).Item<bool>());
        Assert.False(Apply(new Reduce(ReductionKind.All, [0]), x).Item<bool>());
        Assert.True(Apply(new Reduce(ReductionKind.Max, [0]), x).Item<bool>());
    }

    [Fact]
    public void ReduceMaxPassesNaNOn() =>
        Assert.Equal(float.NaN, Apply(new Reduce(ReductionKind.Max, [0]), Tensor.From([1f, float.NaN, 3f])).Item<float>());

    [Fact]
    public void ArgReduceFindsTheFirst()
    {
        Assert.Equal([1, 0], Apply(new ArgReduce(true, 1), Tensor.From([1f, 5, 5, 7, 2, 7], new([2, 3]))).ToArray<int>());
        Assert.Equal([0, 0, 1], Apply(new ArgReduce(false, 0), Tensor.From([1f, 2, 3, 1, 5, 2], new([2, 3]))).ToArray<int>());
        Assert.Equal(1, Apply(new ArgReduce(true, 0), Tensor.From([1f, float.NaN, 9, float.NaN])).Item<int>());
        Assert.Equal(1, Apply(new ArgReduce(true, 0), Tensor.From([1ul, ulong.MaxValue])).Item<int>());
    }

    [Fact]
    public void MatMulOfSmallMatrices()
    {
        Tensor a = Tensor.From(s_six, new([2, 3])), b = Tensor.From([1f, 0, 2, 1, 0, 3], new([3, 2]));
        float[] product = [5, 11, 14, 23];
        Assert.Equal(product, Apply(new MatMul(false, false), a, b).ToArray<float>());
        Assert.Equal(product, Apply(new MatMul(true, false), Apply(new Transpose([1, 0]), a), b).ToArray<float>());
        Assert.Equal(product, Apply(new MatMul(false, true), a, Apply(new Transpose([1, 0]), b)).ToArray<float>());
        Tensor batch = Apply(new MatMul(false, false), Tensor.From([1, 2, 3, 4], new([2, 1, 2])), Tensor.From([1, 1, 2, 3], new([2, 2, 1])));
        Assert.Equal([3, 18], batch.ToArray<int>());
    }

    [Fact]
    public void ConvertRoundsCutsAndTests()
    {
        Assert.Equal([1, -1, 0, 2], Apply(new Convert(DType.Int32), Tensor.From([1.9f, -1.9f, float.NaN, 2f])).ToArray<int>());
        Assert.Equal([44, 255], Apply(new Convert(DType.UInt8), Tensor.From([300f, -1f])).ToArray<byte>());
        Assert.Equal([true, false, true], Apply(new Convert(DType.Bool), Tensor.From([0.5f, -0f, float.NaN])).ToArray<bool>());
        Assert.Equal([true, true], Apply(new Convert(DType.Bool), Tensor.From([256, -1])).ToArray<bool>());
        Assert.Equal([1f, 0f], Apply(new Convert(DType.Float32), Tensor.From([true, false])).ToArray<float>());
        Assert.Equal([-1], Apply(new Convert(DType.Int8), Tensor.From([255])).ToArray<sbyte>());
        Assert.Equal([1.8446744073709552e19], Apply(new Convert(DType.Float64), Tensor.From([ulong.MaxValue])).ToArray<double>());
        Assert.Equal([ulong.MaxValue], Apply(new Convert(DType.UInt64), Tensor.From([-1.0])).ToArray<ulong>());
        Assert.Equal([16777216f], Apply(new Convert(DType.Float32), Tensor.From([16777217])).ToArray<float>());
        Assert.Equal([(Half)0.1f], Apply(new Convert(DType.Float16), Tensor.From([0.1f])).ToArray<Half>());
    }

    [Fact]
    public void SoftmaxOfThreeLogits()
    {
        double e1 = Math.Exp(1), e2 = Math.Exp(2), sum = 1 + e1 + e2;
        double[] y = Apply(new Softmax(false), Tensor.From([1000.0, 1001, 1002])).ToArray<double>();
        double[] log = Apply(new Softmax(true), Tensor.From([1000.0, 1001, 1002])).ToArray<double>();
        foreach ((double expected, int i) in new[] { (1 / sum, 0), (e1 / sum, 1), (e2 / sum, 2) })
        {
            Assert.Equal(expected, y[i], 1e-15);
            Assert.Equal(Math.Log(expected), log[i], 1e-13);
        }
    }

    [Fact]
    public void SparseCrossEntropyOfTwoRows()
    {
        Tensor[] y = new SparseCrossEntropy().ApplyAll(Tensor.From([0.0, 0, 0, 1, 2, 3], new([2, 3])), Tensor.From([1, 5]));
        Assert.Equal([Math.Log(3), double.NaN], y[0].ToArray<double>());
        Assert.Equal(1.0 / 3, y[1].ToArray<double>()[2], 1e-15);
        Assert.Equal(Math.Log(1 + Math.Exp(1) + Math.Exp(2)), new SparseCrossEntropy().ApplyAll(Tensor.From([1.0, 2, 3], new([1, 3])), Tensor.From([0]))[0].Item<double>(), 1e-14);
    }

    [Fact]
    public void IotaCounts() =>
        Assert.Equal([0, 0, 1, 1, 2, 2], new Iota(DType.Int32, [3, 2], 0).Apply().ToArray<int>());

    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0x6b200159u, 0x99ba4efeu)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x1cb996fcu, 0xbb002be7u)]
    [InlineData(0x13198a2eu, 0x03707344u, 0x243f6a88u, 0x85a308d3u, 0xc4923a9cu, 0x483df7a0u)]
    public void ThreefryGivesThePublishedNumbers(uint key0, uint key1, uint a, uint b, uint expectedA, uint expectedB) =>
        Assert.Equal((expectedA, expectedB), Threefry.Block(key0, key1, a, b));

    [Fact]
    public void RandomBitsAreBlocksOfTheCounter()
    {
        uint[] y = Apply(new RandomBits([3]), Tensor.From([7u, 9u])).ToArray<uint>();
        (uint a, uint b) = Threefry.Block(7, 9, 0, 0);
        Assert.Equal([a, b, Threefry.Block(7, 9, 0, 1).A], y);
    }

    private static Tensor Reshaped(Tensor scalar) => Apply(new Reshape([1]), scalar);

    private static Tensor Apply(Primitive primitive, params Tensor[] inputs)
    {
        TensorSpec[] specs = [.. inputs.Select(x => x.Spec)];
        return new ReferenceBackend().Compile(Trace.Function(specs, a => [primitive.Apply(a)])).Run(inputs)[0];
    }
}
