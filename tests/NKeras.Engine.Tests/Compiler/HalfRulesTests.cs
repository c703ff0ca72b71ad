using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using static NKeras.Engine.Tests.Compiler.Passes;

namespace NKeras.Engine.Tests.Compiler;

/// <summary>Products and windows of 16-bit types are computed in float32 and rounded once.</summary>
public sealed class HalfRulesTests
{
    private static readonly SlidingWindow s_window = new([1, 1], [1, 1], [1, 1], [1, 1]);

    [Theory]
    [InlineData("bfloat16", 0.01)]
    [InlineData("float16", 0.002)]
    public void ProductsAreComputedInSingle(string type, double tolerance)
    {
        Graph product = Trace([Of(type, 7, 5), Of(type, 5, 3)], a => PrimitiveOps.MatMul(a[0], a[1]));
        Assert.Equal("Convert Convert MatMul Convert", Names(Checked(product, NKeras.Engine.Compiler.GraphOptimizer.Simplify(product), awkward: false, tolerance: tolerance)));
        Graph convolution = Trace([Of(type, 2, 5, 6, 3), Of(type, 3, 3, 3, 4)], a => new Convolution(s_window, 1).Apply(a[0], a[1]));
        Assert.Equal("Convert Convert Convolution Convert", Names(Checked(convolution, NKeras.Engine.Compiler.GraphOptimizer.Simplify(convolution), awkward: false, tolerance: tolerance)));
    }

    [Fact]
    public void AnOperandIsConvertedOnceForAll()
    {
        Graph graph = Trace([Of("bfloat16", 4, 4)], a => PrimitiveOps.MatMul(PrimitiveOps.MatMul(a[0], a[0]), a[0]));
        Assert.Equal("Convert MatMul Convert Convert MatMul Convert", Names(Checked(graph, NKeras.Engine.Compiler.GraphOptimizer.Simplify(graph), awkward: false, tolerance: 0.03)));
    }

    [Fact]
    public void WiderTypesStay()
    {
        Graph graph = Trace([Of("float64", 7, 5), Of("float64", 5, 3)], a => PrimitiveOps.MatMul(a[0], a[1]));
        Assert.Equal("MatMul", Names(Simplified(graph)));
    }

    private static TensorSpec Of(string type, params int[] dims) => new(new Shape(dims), DType.Parse(type));
}
