using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Exponentials scaled to add up to one along an axis.</summary>
    public static Tensor Softmax(Tensor x, int axis = -1) => OpDispatch.Call("Softmax", [x], t => AlongAxis(new Softmax(false), t[0], axis), ("axis", axis));

    /// <summary>The logarithm of the softmax.</summary>
    public static Tensor LogSoftmax(Tensor x, int axis = -1) => OpDispatch.Call("LogSoftmax", [x], t => AlongAxis(new Softmax(true), t[0], axis), ("axis", axis));

    /// <summary>Exponentials scaled to add up to one over several axes together; over all for null.</summary>
    public static Tensor Softmax(Tensor x, Ints? axis) => OpDispatch.Call("Softmax", [x], t => AlongAxes(new Softmax(false), t[0], axis), ("axis", axis));

    /// <summary>The logarithm of the softmax over several axes together; over all for null.</summary>
    public static Tensor LogSoftmax(Tensor x, Ints? axis) => OpDispatch.Call("LogSoftmax", [x], t => AlongAxes(new Softmax(true), t[0], axis), ("axis", axis));

    /// <summary>
    /// The projection onto what adds up to one along an axis and is not negative (Martins and Astudillo, 2016): like a softmax
    /// whose small results are zero.
    /// </summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    // Keras: takes the threshold from a sum of running sums, which is right only where a single element is not zero.
    public static Tensor Sparsemax(Tensor x, int axis = -1) => Smooth("Sparsemax", x, v =>
    {
        int at = v.Shape.Axis(axis), last = v.Rank - 1;
        if (v.Shape.Dims[at] == Shape.Unknown) return v;
        int[] swap = [.. Enumerable.Range(0, v.Rank)];
        (swap[at], swap[last]) = (last, at);
        Tensor rows = PrimitiveOps.Transpose(v, swap);

        // An element is in if it is above the threshold that it and all greater ones would give.
        Tensor sorted = new Sort(Descending: true).ApplyAll(StopGradient(rows))[0];
        Tensor count = PrimitiveOps.Convert(Add(AlongLast(sorted), 1), v.DType);
        Tensor isIn = Greater(sorted, Divide(Subtract(new Cumulative(false, last, false).Apply(sorted), 1.0), count));
        Tensor least = Min(Where(isIn, sorted, double.PositiveInfinity), -1, keepdims: true);
        Tensor support = GreaterEqual(rows, least);
        Tensor sum = Sum(Where(support, rows, 0f), -1, keepdims: true);
        Tensor threshold = Divide(Subtract(sum, 1.0), Sum(PrimitiveOps.Convert(support, v.DType), -1, keepdims: true));
        return PrimitiveOps.Transpose(Clip(Subtract(rows, threshold), 0.0, double.PositiveInfinity), swap);
    }, ("axis", axis));

    private static Tensor AlongAxes(Softmax softmax, Tensor x, Ints? axis)
    {
        CompositeRules.Refuse("Softmax", [x]);
        x = Promotion.WideFraction(x);
        int[] over = Axes(x, axis), kept = [.. Enumerable.Range(0, x.Rank).Except(over)], order = [.. kept, .. over];
        Tensor moved = PrimitiveOps.Transpose(x, order);
        Tensor rows = PrimitiveOps.Reshape(moved, new Shape([.. kept.Select(a => x.Shape.Dims[a]), over.Aggregate(1, (n, a) => n == Shape.Unknown || x.Shape.Dims[a] == Shape.Unknown ? Shape.Unknown : n * x.Shape.Dims[a])]));
        return PrimitiveOps.Transpose(PrimitiveOps.Reshape(softmax.Apply(rows), moved.Shape), [.. Enumerable.Range(0, x.Rank).Select(a => System.Array.IndexOf(order, a))]);
    }

    private static Tensor AlongAxis(Softmax softmax, Tensor x, int axis)
    {
        if (x is RaggedTensor rows && rows.Shape.Axis(axis) > 1) return rows.WithValues(AlongAxis(softmax, rows.Values, rows.Shape.Axis(axis) - 1));
        CompositeRules.Refuse("Softmax", [x]);
        x = Promotion.WideFraction(x);
        int at = x.Shape.Axis(axis), last = x.Rank - 1;
        if (at == last) return softmax.Apply(x);
        int[] swap = [.. Enumerable.Range(0, x.Rank)];
        (swap[at], swap[last]) = (last, at);
        return PrimitiveOps.Transpose(softmax.Apply(PrimitiveOps.Transpose(x, swap)), swap);
    }
}
