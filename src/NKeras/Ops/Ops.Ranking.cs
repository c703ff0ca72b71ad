using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Whether each target's prediction is among the k greatest of its row; ties are in, NaN and targets out of range are not.</summary>
    /// <param name="targets">Class numbers, shape (batch, …).</param>
    /// <param name="predictions">A number for each class, shape (batch, …, classes). NaN counts as greater than any number.</param>
    /// <param name="k">How many count.</param>
    /// <returns>Booleans, the targets' shape.</returns>
    /// <exception cref="ArgumentException">The shapes do not belong together, or k is less than one.</exception>
    // Without sorting: a prediction is among the k greatest if fewer than k are greater.
    public static Tensor InTopK(Tensor targets, Tensor predictions, int k) => OpDispatch.Call("InTopK", [targets, predictions], t =>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        Tensor p = t[1];
        if (p.Rank == 0 || !new Shape(p.Shape.Dims[..^1]).IsCompatibleWith(t[0].Shape))
            throw new ArgumentException($"InTopK takes one class number for each row of predictions: shape (batch,) with (batch, classes), not {t[0].Shape} with {p.Shape}.");
        Tensor isTarget = Equal(ExpandDims(PrimitiveOps.Convert(t[0], DType.Int32), -1), AlongLast(p));
        Tensor score = Sum(Where(isTarget, p, 0), [-1], keepdims: true);
        Tensor greater = PrimitiveOps.Unary(ElementwiseFunction.LogicalNot, LessEqual(p, score));
        Tensor isNumber = Any(PrimitiveOps.Binary(ElementwiseFunction.LogicalAnd, isTarget, Equal(p, p)), [-1]);
        return PrimitiveOps.Binary(ElementwiseFunction.LogicalAnd, isNumber, Less(Sum(greater, [-1]), k));
    }, ("k", k));

    /// <summary>The numbers 0, 1, … along the last axis of a tensor, to be broadcast along the others.</summary>
    internal static Tensor AlongLast(Tensor x)
    {
        int[] dims = [.. Enumerable.Repeat(1, x.Rank - 1), x.Shape.Dims[^1]];
        return DataDependent.Numbers(dims.Length - 1, dims);
    }
}
