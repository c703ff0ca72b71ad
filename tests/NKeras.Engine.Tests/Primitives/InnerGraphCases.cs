using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using static NKeras.Engine.Primitives.PrimitiveOps;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Primitives;

/// <summary>Primitives with graphs inside.</summary>
internal static class InnerGraphCases
{
    /// <summary>A recurrent cell of [2, 3] with a counter that is carried along; gives the new state and what the counter makes of the slice.</summary>
    public static Scan Cell(DType type, int length, bool reverse)
    {
        TensorSpec state = new(new Shape([2, 3]), type), counter = new(Shape.Scalar, type), weights = new(new Shape([3, 3]), type);
        Subgraph body = Subgraph.Trace([state, counter, state, weights], a =>
        {
            Tensor next = Unary(F.Tanh, MatMul(a[0], a[3]) + a[2]);
            return [next, a[1] + 1.0, next, a[2] * a[1]];
        });
        return new Scan(body, length, 2, 1, reverse);
    }

    /// <summary>Three functions of two vectors.</summary>
    public static Conditional Branches(DType type)
    {
        TensorSpec vector = new(new Shape([3]), type);
        Subgraph Branch(Func<Tensor, Tensor, Tensor[]> function) => Subgraph.Trace([vector, vector], a => function(a[0], a[1]));
        return new Conditional([Branch((x, y) => [x * y, x]), Branch((x, y) => [x + y, y]), Branch((x, y) => [x, Unary(F.Square, x)])]);
    }

    /// <summary>Doubles a vector, and adds another, until its sum is above a bound.</summary>
    public static WhileLoop Doubling(DType type, int? most)
    {
        TensorSpec vector = new(new Shape([2]), type), scalar = new(Shape.Scalar, type);
        Subgraph condition = Subgraph.Trace([vector, scalar], a => [Binary(F.Less, Sum(a[0], 0), a[1])]);
        Subgraph body = Subgraph.Trace([vector, vector], a => [2.0 * a[0] + a[1] * ScalarLike(a[1], 0.01)]);
        return new WhileLoop(condition, body, 1, most);
    }

    /// <summary>The square of a vector of three, with the gradient that it has: result, argument, and argument again for the gradient.</summary>
    public static CustomGradient Square(DType type)
    {
        TensorSpec vector = new(new Shape([3]), type);
        return new CustomGradient(Subgraph.Trace([vector, vector], a => [2.0 * a[1] * a[0]]), 1, 1);
    }
}
