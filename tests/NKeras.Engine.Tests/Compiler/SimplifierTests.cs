using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using static NKeras.Engine.Primitives.ElementwiseFunction;
using static NKeras.Engine.Primitives.PrimitiveOps;
using static NKeras.Engine.Tests.Compiler.Passes;
using Convert = NKeras.Engine.Primitives.Convert;

namespace NKeras.Engine.Tests.Compiler;

/// <summary>Each rule on a small graph: what is left, and that it computes the same, NaN and infinities included.</summary>
public sealed class SimplifierTests
{
    private static readonly TensorSpec[] s_arguments =
        [Float(4, 8), Float(4, 8), Float(8), new(new Shape([4, 8]), DType.Bool), new(new Shape([4, 8]), DType.Int32), Float(2, 4, 8)];

    private static readonly Dictionary<string, (string Left, Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor> Function)> s_cases = new()
    {
        ["adding minus zero"] = ("", (x, y, v, b, n, z) => x + -0.0),
        ["subtracting zero"] = ("", (x, y, v, b, n, z) => x - 0.0),
        ["adding integer zero"] = ("", (x, y, v, b, n, z) => n + 0.0),
        ["multiplying by one"] = ("", (x, y, v, b, n, z) => 1.0 * x),
        ["multiplying by a tensor of ones"] = ("", (x, y, v, b, n, z) => x * Filled(Float(4, 8), 1)),
        ["multiplying by float zero stays"] = ("Multiply", (x, y, v, b, n, z) => 0.0 * x),
        ["multiplying by integer zero"] = ("", (x, y, v, b, n, z) => 0.0 * n),
        ["multiplying by minus one"] = ("Negate", (x, y, v, b, n, z) => -1.0 * x),
        ["adding what was negated"] = ("Subtract", (x, y, v, b, n, z) => x + (-1.0 * y)),
        ["adding to what was negated"] = ("Subtract", (x, y, v, b, n, z) => (-1.0 * x) + y),
        ["subtracting what was negated"] = ("Add", (x, y, v, b, n, z) => x - (-1.0 * y)),
        ["zero minus x stays"] = ("Subtract", (x, y, v, b, n, z) => 0.0 - x),
        ["minus zero minus x"] = ("Negate", (x, y, v, b, n, z) => -0.0 - x),
        ["double negation"] = ("", (x, y, v, b, n, z) => Unary(Negate, Unary(Negate, x))),
        ["product of negations"] = ("Multiply", (x, y, v, b, n, z) => Unary(Negate, x) * Unary(Negate, y)),
        ["two factors"] = ("Multiply", (x, y, v, b, n, z) => 3.0 * (0.25 * x)),
        ["two factors whose product overflows"] = ("Multiply Multiply", (x, y, v, b, n, z) => 1e30 * (1e30 * x)),
        ["two factors where infinity would vanish"] = ("Multiply Multiply", (x, y, v, b, n, z) => 1e-20 * (1e20 * x)),
        ["negated factor"] = ("Multiply", (x, y, v, b, n, z) => Unary(Negate, 3.0 * x)),
        ["square"] = ("Square", (x, y, v, b, n, z) => x * x),
        ["square of the negative"] = ("Square", (x, y, v, b, n, z) => Unary(Square, Unary(Negate, x))),
        ["absolute value of the negative"] = ("Abs", (x, y, v, b, n, z) => Unary(Abs, Unary(Negate, x))),
        ["dividing by one"] = ("", (x, y, v, b, n, z) => Divide(x, ScalarLike(x, 1))),
        ["dividing by a power of two"] = ("Multiply", (x, y, v, b, n, z) => Divide(x, ScalarLike(x, 8))),
        ["dividing by another number stays"] = ("Divide", (x, y, v, b, n, z) => Divide(x, ScalarLike(x, 3))),
        ["dividing one"] = ("Reciprocal", (x, y, v, b, n, z) => Divide(ScalarLike(x, 1), x)),
        ["reciprocal of a root"] = ("Rsqrt", (x, y, v, b, n, z) => Divide(ScalarLike(x, 1), Unary(Sqrt, x))),
        ["maximum with zero"] = ("Relu", (x, y, v, b, n, z) => Binary(Maximum, x, ScalarLike(x, 0))),
        ["relu twice"] = ("Relu", (x, y, v, b, n, z) => Unary(Relu, Unary(Relu, x))),
        ["power one"] = ("", (x, y, v, b, n, z) => Binary(Power, x, ScalarLike(x, 1))),
        ["power two"] = ("Square", (x, y, v, b, n, z) => Binary(Power, x, ScalarLike(x, 2))),
        ["power three"] = ("Square Multiply", (x, y, v, b, n, z) => Binary(Power, x, ScalarLike(x, 3))),
        ["power minus one"] = ("Reciprocal", (x, y, v, b, n, z) => Binary(Power, x, ScalarLike(x, -1))),
        ["root of what may be negative stays"] = ("Power", (x, y, v, b, n, z) => Binary(Power, x, ScalarLike(x, 0.5))),
        ["root of what is not negative"] = ("Square Add Sqrt", (x, y, v, b, n, z) => Binary(Power, x * x + 1e-3, ScalarLike(x, 0.5))),
        ["reciprocal root of what is not negative"] = ("Abs Rsqrt", (x, y, v, b, n, z) => Binary(Power, Unary(Abs, x), ScalarLike(x, -0.5))),
        ["not twice"] = ("", (x, y, v, b, n, z) => Unary(LogicalNot, Unary(LogicalNot, b))),
        ["not equal"] = ("NotEqual", (x, y, v, b, n, z) => Unary(LogicalNot, Binary(Equal, x, y))),
        ["not less stays"] = ("Less LogicalNot", (x, y, v, b, n, z) => Unary(LogicalNot, Binary(Less, x, y))),
        ["choice between equals"] = ("", (x, y, v, b, n, z) => Where(b, x, x)),
        ["choice by a negated condition"] = ("Select", (x, y, v, b, n, z) => Where(Unary(LogicalNot, b), x, y)),
        ["choice by a constant"] = ("", (x, y, v, b, n, z) => Where(Filled(new TensorSpec([4, 8], DType.Bool), 1), x, y)),
        ["constants"] = ("Multiply", (x, y, v, b, n, z) => x * Unary(Exp, ScalarLike(x, 2) + 1.0)),
        ["constant range"] = ("", (x, y, v, b, n, z) => Convert(new Iota(DType.Int32, [4, 8], 1).Apply(), DType.Float32) * ScalarLike(x, 2)),
        ["no reshape"] = ("", (x, y, v, b, n, z) => new Reshape([4, 8]).Apply(x)),
        ["reshape and back"] = ("", (x, y, v, b, n, z) => Reshape(Reshape(x, [32]), [4, 8])),
        ["two reshapes"] = ("Reshape", (x, y, v, b, n, z) => Reshape(Reshape(x, [32]), [8, 4])),
        ["no broadcast"] = ("", (x, y, v, b, n, z) => new BroadcastTo([4, 8]).Apply(x)),
        ["broadcast operand"] = ("Add", (x, y, v, b, n, z) => x + BroadcastTo(v, [4, 8])),
        ["broadcast of a view with leading ones"] = ("Add", (x, y, v, b, n, z) => x + BroadcastTo(Reshape(v, [1, 8]), [4, 8])),
        ["broadcast after computing"] = ("Exp BroadcastTo", (x, y, v, b, n, z) => Unary(Exp, BroadcastTo(v, [4, 8]))),
        ["broadcast twice"] = ("BroadcastTo", (x, y, v, b, n, z) => BroadcastTo(BroadcastTo(v, [4, 8]), [2, 4, 8])),
        ["no transpose"] = ("", (x, y, v, b, n, z) => Transpose(x, 0, 1)),
        ["transpose and back"] = ("", (x, y, v, b, n, z) => Transpose(Transpose(x, 1, 0), 1, 0)),
        ["two transposes"] = ("Transpose", (x, y, v, b, n, z) => Transpose(Transpose(z, 1, 0, 2), 2, 1, 0)),
        ["transpose of an axis of one"] = ("Reshape", (x, y, v, b, n, z) => Transpose(Reshape(x, [4, 1, 8]), 1, 0, 2)),
        ["product with a transpose"] = ("MatMul", (x, y, v, b, n, z) => MatMul(x, Transpose(y, 1, 0))),
        ["product of transposes"] = ("MatMul", (x, y, v, b, n, z) => MatMul(Transpose(z, 0, 2, 1), Transpose(Transpose(z, 0, 2, 1), 0, 2, 1))),
        ["no conversion"] = ("", (x, y, v, b, n, z) => new Convert(DType.Float32).Apply(x)),
        ["detour of a boolean"] = ("Convert", (x, y, v, b, n, z) => Convert(Convert(b, DType.Int32), DType.Float32)),
        ["whole slice"] = ("", (x, y, v, b, n, z) => new Slice([0, 0], [4, 8], [1, 1]).Apply(x)),
        ["empty pad"] = ("", (x, y, v, b, n, z) => new Pad([0, 0], [0, 0], [0, 0]).Apply(x, ScalarLike(x, 0))),
        ["concatenation of one"] = ("", (x, y, v, b, n, z) => new Concatenate(0).Apply(x)),
        ["stopped gradient"] = ("", (x, y, v, b, n, z) => new StopGradient().Apply(x)),
        ["maximum over an axis of one"] = ("", (x, y, v, b, n, z) => new Reduce(ReductionKind.Max, [1]).Apply(Reshape(x, [4, 1, 8]))),
        ["sum of copies"] = ("Multiply", (x, y, v, b, n, z) => Sum(BroadcastTo(v, [4, 8]), 0)),
        ["maximum of copies"] = ("", (x, y, v, b, n, z) => new Reduce(ReductionKind.Max, [0]).Apply(BroadcastTo(v, [4, 8]))),
        ["sum of copies and others stays"] = ("BroadcastTo ReduceSum", (x, y, v, b, n, z) => Sum(BroadcastTo(v, [4, 8]), 0, 1)),
        ["reshapes between functions"] = ("Exp Add", (x, y, v, b, n, z) => Reshape(Reshape(Unary(Exp, x), [2, 2, 8]) + Reshape(y, [2, 2, 8]), [4, 8])),
        ["vector added under a reshape"] = ("Add Exp Reshape", (x, y, v, b, n, z) => Unary(Exp, Reshape(x, [2, 2, 8]) + v)),
        ["vector that a reshape cuts"] = ("Reshape Slice Add", (x, y, v, b, n, z) => Reshape(x, [8, 4]) + new Slice([2], [6], [1]).Apply(v)),
        ["sum under a reshape"] = ("ReduceSum", (x, y, v, b, n, z) => Sum(Reshape(z, [8, 8]), 0)),
        ["sum of half a merged axis stays"] = ("Reshape ReduceSum", (x, y, v, b, n, z) => Sum(Reshape(x, [2, 2, 8]), 1)),
        ["dead code"] = ("Exp", (x, y, v, b, n, z) => new[] { Unary(Log, x), Unary(Exp, x) }[1]),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void RuleLeaves(string name)
    {
        (string left, var function) = s_cases[name];
        Graph graph = Trace(s_arguments, a => function(a[0], a[1], a[2], a[3], a[4], a[5]));
        Graph simplified = Simplified(graph, signsOfZeros: !name.StartsWith("sum", StringComparison.Ordinal));
        Assert.Equal(left, Names(simplified));
        Assert.Same(simplified, NKeras.Engine.Compiler.GraphOptimizer.Simplify(simplified));
    }

    [Fact]
    public void ScalarsThatAreViewsOfDifferentShapesStay()
    {
        Graph graph = Trace([Float(1), Float(1, 1)], a => Reshape(a[0], Shape.Scalar) + Reshape(a[1], Shape.Scalar));
        Assert.Equal("Reshape Reshape Add", Names(Simplified(graph)));
    }

    [Fact]
    public void EqualExpressionsAreComputedOnce()
    {
        Graph graph = Trace([Float(3), Float(3)], a => (a[0] * a[1] + 2.0) * Unary(Exp, a[1] * a[0] + 2.0));
        Assert.Equal("Multiply Add Exp Multiply", Names(Simplified(graph)));
    }

    [Fact]
    public void DrawsWithTheSameKeyAreTheSame()
    {
        TensorSpec key = new(new Shape([2]), DType.UInt32);
        Graph graph = Trace([key], a => Binary(BitwiseXor, new RandomBits([5]).Apply(a[0]), new RandomBits([5]).Apply(a[0])));
        Assert.Equal("RandomBits BitwiseXor", Names(Simplified(graph)));
    }

    [Fact]
    public void LargeResultsOfConstantsAreNotKept()
    {
        Value range = Node(new Iota(DType.Float32, [5000], 0)), half = Node(new Iota(DType.Float32, [2500], 0));
        Value tail = Node(new Slice([2500], [5000], [1]), range);
        Value sum = Node(new Elementwise(Add), half, tail);
        Graph graph = new() { Inputs = [], Nodes = [range.Producer!, half.Producer!, tail.Producer!, sum.Producer!], Outputs = [sum], Updates = [] };
        Assert.Equal("Iota Slice Add", Names(Simplified(graph)));
    }

    private static Value Node(Primitive primitive, params Value[] inputs) =>
        new Node(primitive, inputs, primitive.Infer(Array.ConvertAll(inputs, v => v.Spec))).Output;
}
