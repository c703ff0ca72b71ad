using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The sums of the elements up to each one along an axis, itself included.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis; that of the flattened tensor if omitted.</param>
    /// <param name="dtype">The type to compute in; that of <paramref name="x"/>, int32 for booleans, if omitted.</param>
    public static Tensor Cumsum(Tensor x, int? axis = null, DType? dtype = null) => OpDispatch.Call("Cumsum", [x], t =>
        CumulativeOver(false, t[0], axis, dtype), ("axis", axis), ("dtype", dtype));

    /// <summary>The products of the elements up to each one along an axis, itself included.</summary>
    /// <inheritdoc cref="Cumsum"/>
    public static Tensor Cumprod(Tensor x, int? axis = null, DType? dtype = null) => OpDispatch.Call("Cumprod", [x], t =>
        CumulativeOver(true, t[0], axis, dtype), ("axis", axis), ("dtype", dtype));

    /// <summary>The running sums of <see cref="Cumsum"/> with NaN taken as 0.</summary>
    /// <inheritdoc cref="Cumsum"/>
    public static Tensor Nancumsum(Tensor x, int? axis = null, DType? dtype = null) => OpDispatch.Call("Nancumsum", [x], t =>
        CumulativeOver(false, NanAs(t[0], 0), axis, dtype), ("axis", axis), ("dtype", dtype));

    /// <summary>The running products of <see cref="Cumprod"/> with NaN taken as 1.</summary>
    /// <inheritdoc cref="Cumsum"/>
    public static Tensor Nancumprod(Tensor x, int? axis = null, DType? dtype = null) => OpDispatch.Call("Nancumprod", [x], t =>
        CumulativeOver(true, NanAs(t[0], 1), axis, dtype), ("axis", axis), ("dtype", dtype));

    /// <summary>The differences of neighbours along an axis; of booleans whether they differ.</summary>
    /// <param name="a">The tensor.</param>
    /// <param name="n">How many times differences are taken.</param>
    /// <param name="axis">The axis, which becomes shorter by <paramref name="n"/>; negative ones count from the end.</param>
    /// <exception cref="ArgumentException">n is negative, or a scalar is given.</exception>
    public static Tensor Diff(Tensor a, int n = 1, int axis = -1) => OpDispatch.Call("Diff", [a], t =>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (t[0].Rank == 0) throw new ArgumentException("Diff takes at least a vector, not a scalar.", nameof(a));
        int along = t[0].Shape.Axis(axis);
        Tensor result = t[0];
        for (int i = 0; i < n && result.Shape[along] != 0; i++)
        {
            (Tensor before, Tensor after) = Neighbours(result, along);
            result = PrimitiveOps.Binary(result.DType == DType.Bool ? ElementwiseFunction.NotEqual : ElementwiseFunction.Subtract, after, before);
        }

        return result;
    }, ("n", n), ("axis", axis));

    /// <summary>The integral of y along an axis by the trapezoidal rule, as floating point.</summary>
    /// <param name="y">The values.</param>
    /// <param name="x">Where they are: a vector along the axis, or a tensor that broadcasts with y; at equal distances if omitted.</param>
    /// <param name="dx">The distance of two neighbours if <paramref name="x"/> is omitted.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    // Keras: x is a setting of the step, so that a symbolic one cannot be computed. Here it can.
    public static Tensor Trapezoid(Tensor y, Tensor? x = null, double dx = 1.0, int axis = -1) => x is KerasTensor
        ? OpDispatch.Call("Trapezoid", [y, x], t => TrapezoidOver(t[0], t[1], dx, axis), ("x", x), ("dx", dx), ("axis", axis))
        : OpDispatch.Call("Trapezoid", [y], t => TrapezoidOver(t[0], x, dx, axis), ("x", x), ("dx", dx), ("axis", axis));

    private static Tensor CumulativeOver(bool product, Tensor x, int? axis, DType? dtype)
    {
        DType type = dtype ?? Promotion.ResultType(x, x);
        Tensor values = PrimitiveOps.Convert(axis == null ? Flat(x) : x, type == DType.Bool ? DType.Int32 : type);
        return new Cumulative(product, values.Shape.Axis(axis ?? 0), Reverse: false).Apply(values);
    }

    private static Tensor TrapezoidOver(Tensor y, Tensor? x, double dx, int axis)
    {
        Tensor values = Promotion.ToSpacious(y);
        int along = values.Shape.Axis(axis);
        (Tensor before, Tensor after) = Neighbours(values, along);
        Tensor doubled = PrimitiveOps.Binary(ElementwiseFunction.Add, before, after);
        if (x == null) return Total(PrimitiveOps.Binary(ElementwiseFunction.Multiply, doubled, PrimitiveOps.ScalarLike(doubled, dx)));

        Tensor places = Promotion.As(x, values.DType);
        int[] dims = [.. Enumerable.Repeat(1, values.Rank)];
        if (places.Rank == 1) dims[along] = places.Shape.Dims[0];
        else if (places.Rank != values.Rank) throw new ArgumentException($"Trapezoid: x of shape {x.Shape} is neither a vector nor of the rank of y, whose shape is {y.Shape}.", nameof(x));
        (Tensor first, Tensor second) = Neighbours(places.Rank == 1 ? PrimitiveOps.Reshape(places, new Shape(dims)) : places, along);
        return Total(PrimitiveOps.Binary(ElementwiseFunction.Multiply, doubled, PrimitiveOps.Binary(ElementwiseFunction.Subtract, second, first)));

        Tensor Total(Tensor areas)
        {
            Tensor sum = ReduceOver(ReductionKind.Sum, areas, [along], keepdims: false);
            return PrimitiveOps.Convert(PrimitiveOps.Divide(sum, PrimitiveOps.ScalarLike(sum, 2)), Promotion.FloatTypeOf(y));
        }
    }

    /// <summary>All elements along an axis but the last, and all but the first.</summary>
    private static (Tensor Before, Tensor After) Neighbours(Tensor x, int axis)
    {
        int length = x.Shape.Dims[axis];
        return length == Shape.Unknown
            ? (RangeOf(x, axis, 0, Shape.Unknown), RangeOf(x, axis, 0, Shape.Unknown))
            : (RangeOf(x, axis, 0, Math.Max(0, length - 1)), RangeOf(x, axis, Math.Min(1, length), length));
    }

    /// <summary>The elements from one position along an axis up to another; while shapes are inferred, of an axis of unknown length too.</summary>
    private static Tensor RangeOf(Tensor x, int axis, int start, int stop)
    {
        int[] starts = new int[x.Rank], stops = x.Shape.Dims.ToArray(), steps = new int[x.Rank];
        System.Array.Fill(steps, 1);
        (starts[axis], stops[axis]) = (start, stop);
        return new Slice(new IntList(starts), new IntList(stops), new IntList(steps)).Apply(x);
    }
}
