using NKeras.Engine.Compiler;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using static NKeras.Engine.Primitives.ElementwiseFunction;
using static NKeras.Engine.Primitives.PrimitiveOps;
using static NKeras.Engine.Tests.Compiler.Passes;

namespace NKeras.Engine.Tests.Compiler;

/// <summary>What moves from the input of a maximum pooling to its smaller output.</summary>
public sealed class PoolingRulesTests
{
    private static readonly SlidingWindow s_disjoint = new([2, 2], [1, 1], [0, 0], [0, 0]);
    private static readonly SlidingWindow s_overlapping = new([1, 1], [1, 1], [1, 1], [1, 1]);
    private static readonly SlidingWindow s_farPadding = new([1, 1], [1, 1], [2, 0], [0, 0]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MaskOfTheGradientIsTakenFromTheOutput(bool overlapping)
    {
        (SlidingWindow window, int dims) = overlapping ? (s_overlapping, 7) : (s_disjoint, 3);
        Graph graph = Trace([Float(2, 6, 6, 3), Float(2, dims, dims, 3)], a =>
        {
            Tensor y = new Pooling(true, window, [2, 2]).Apply(a[0]);
            Tensor dx = new MaxPoolingBackward(window, [2, 2]).Apply(a[1], a[0], y);
            return Where(Binary(Greater, a[0], ScalarLike(y, 0)), dx, ScalarLike(y, 0));
        });
        Assert.Equal("MaxPooling Greater Select MaxPoolingBackward", Names(Simplified(graph, signsOfZeros: false)));
    }

    [Fact]
    public void OtherMasksStay()
    {
        Graph graph = Trace([Float(2, 6, 6, 3), Float(2, 3, 3, 3)], a =>
        {
            Tensor y = new Pooling(true, s_disjoint, [2, 2]).Apply(a[0]);
            Tensor dx = new MaxPoolingBackward(s_disjoint, [2, 2]).Apply(a[1], a[0], y);
            return Where(Binary(Greater, dx, ScalarLike(y, 0)), dx, ScalarLike(y, 0));
        });
        Assert.Equal("MaxPooling MaxPoolingBackward Greater Select", Names(Simplified(graph)));
    }

    [Fact]
    public void SumOverPositionsIsThatOfTheOutput()
    {
        Assert.Equal("ReduceSum", Names(SumOfGradient(s_disjoint, [3, 3], [0, 1, 2])));
        Assert.Equal("ReduceSum", Names(SumOfGradient(s_overlapping, [7, 7], [1, 2])));
    }

    [Fact]
    public void SumOverSomePositionsOrWindowsOfPaddingStays()
    {
        Assert.Equal("MaxPooling MaxPoolingBackward ReduceSum", Names(SumOfGradient(s_disjoint, [3, 3], [0, 1])));
        Assert.Equal("MaxPooling MaxPoolingBackward ReduceSum", Names(SumOfGradient(s_farPadding, [7, 5], [0, 1, 2])));
    }

    private static Graph SumOfGradient(SlidingWindow window, int[] outputs, int[] axes)
    {
        Graph graph = Trace([Float(2, 6, 6, 3), Float(2, outputs[0], outputs[1], 3)], a =>
        {
            Tensor y = new Pooling(true, window, [2, 2]).Apply(a[0]);
            return Sum(new MaxPoolingBackward(window, [2, 2]).Apply(a[1], a[0], y), axes);
        });
        return Checked(graph, GraphOptimizer.Simplify(graph), awkward: false, signsOfZeros: false, tolerance: 1e-4);
    }
}
