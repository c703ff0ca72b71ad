using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The median over axes (all if omitted): what half of the elements are below. NaN if an element is.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    public static Tensor Median(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Median", [x], t =>
        QuantileOver("Median", t[0], 0.5, axis, "linear", keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>Quantiles over axes (all if omitted): what a part <paramref name="q"/> of the elements is below. NaN if an element is.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="q">One or several numbers from 0 to 1; their shape comes first in the result's.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="method">What is taken between two elements: <c>"linear"</c>, <c>"lower"</c>, <c>"higher"</c>, <c>"midpoint"</c> or <c>"nearest"</c>.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    /// <exception cref="ArgumentException">There is no such method, or q is out of range.</exception>
    public static Tensor Quantile(Tensor x, Tensor q, Ints? axis = null, string method = "linear", bool keepdims = false) => OpDispatch.Call("Quantile", [x, q], t =>
        QuantileOver("Quantile", t[0], t[1], axis, method, keepdims), ("axis", axis), ("method", method), ("keepdims", keepdims));

    /// <summary>Percentiles over axes (all if omitted): quantiles with q from 0 to 100.</summary>
    /// <inheritdoc cref="Quantile"/>
    public static Tensor Percentile(Tensor x, Tensor q, Ints? axis = null, string method = "linear", bool keepdims = false) => OpDispatch.Call("Percentile", [x, q], t =>
        QuantileOver("Percentile", t[0], t[1], axis, method, keepdims, whole: 100), ("axis", axis), ("method", method), ("keepdims", keepdims));

    /// <summary>The median of the elements that are not NaN; NaN where all are.</summary>
    /// <inheritdoc cref="Median"/>
    public static Tensor Nanmedian(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Nanmedian", [x], t =>
        QuantileOver("Nanmedian", t[0], 0.5, axis, "linear", keepdims, skipsNan: true), ("axis", axis), ("keepdims", keepdims));

    /// <summary>Quantiles of the elements that are not NaN; NaN where all are.</summary>
    /// <inheritdoc cref="Quantile"/>
    public static Tensor Nanquantile(Tensor x, Tensor q, Ints? axis = null, string method = "linear", bool keepdims = false) => OpDispatch.Call("Nanquantile", [x, q], t =>
        QuantileOver("Nanquantile", t[0], t[1], axis, method, keepdims, skipsNan: true), ("axis", axis), ("method", method), ("keepdims", keepdims));

    /// <summary>Percentiles of the elements that are not NaN; NaN where all are.</summary>
    /// <inheritdoc cref="Quantile"/>
    public static Tensor Nanpercentile(Tensor x, Tensor q, Ints? axis = null, string method = "linear", bool keepdims = false) => OpDispatch.Call("Nanpercentile", [x, q], t =>
        QuantileOver("Nanpercentile", t[0], t[1], axis, method, keepdims, whole: 100, skipsNan: true), ("axis", axis), ("method", method), ("keepdims", keepdims));

    private static Tensor QuantileOver(string name, Tensor x, Tensor q, Ints? axis, string method, bool keepdims, double whole = 1, bool skipsNan = false)
    {
        if (method is not ("linear" or "lower" or "higher" or "midpoint" or "nearest"))
            throw new ArgumentException($"{name}: there is no method '{method}'. {Suggestion.For(method, ["linear", "lower", "higher", "midpoint", "nearest"])}", nameof(method));
        Tensor values = Promotion.ToSpacious(x), parts = Promotion.As(q, values.DType);
        if (parts is ConcreteTensor)
        {
            foreach (double part in PrimitiveOps.Convert(parts, DType.Float64).ToArray<double>())
            {
                if (!(part >= 0 && part <= whole)) throw new ArgumentOutOfRangeException(nameof(q), $"{name} takes numbers from 0 to {whole}, not {part}.");
            }
        }

        if (whole != 1) parts = PrimitiveOps.Divide(parts, PrimitiveOps.ScalarLike(parts, whole));

        int[] axes = Axes(values, axis), kept = [.. Enumerable.Range(0, values.Rank).Except(axes)];
        Shape rows = Without(values.Shape, axes);
        int length = axes.Any(a => values.Shape[a] == null) ? Shape.Unknown : axes.Aggregate(1, (n, a) => n * values.Shape.Dims[a]);
        Tensor lines = PrimitiveOps.Reshape(PrimitiveOps.Transpose(values, [.. kept, .. axes]), new Shape([.. rows.Dims, length]));
        Tensor taken = QuantilesOfRows(lines, parts, method, skipsNan);
        if (parts is not ConcreteTensor)
        {
            Tensor isPart = LogicalAnd(GreaterEqual(parts, 0), LessEqual(parts, 1));
            taken = PrimitiveOps.Where(isPart, taken, PrimitiveOps.ScalarLike(taken, double.NaN));
        }

        // The quantiles' own axes are last so far.
        Tensor result = PrimitiveOps.Transpose(taken, [.. Enumerable.Range(rows.Rank, parts.Rank), .. Enumerable.Range(0, rows.Rank)]);
        if (keepdims) result = PrimitiveOps.Reshape(result, new Shape([.. parts.Shape.Dims, .. Reduced(values.Shape, axes).Dims]));
        return PrimitiveOps.Convert(result, Promotion.FloatTypeOf(x));
    }

    /// <summary>Quantiles along the last axis, which the axes of <paramref name="q"/> replace.</summary>
    private static Tensor QuantilesOfRows(Tensor x, Tensor q, string method, bool skipsNan)
    {
        int last = x.Rank - 1, length = x.Shape.Dims[last];
        Tensor sorted = new Sort(false).ApplyAll(x)[0], isNan = PrimitiveOps.Unary(ElementwiseFunction.IsNan, x);
        if (!skipsNan)
        {
            // NaN is sorted to the end, so that the last element tells whether there is one.
            Tensor ranks = PrimitiveOps.Binary(ElementwiseFunction.Multiply, q, PrimitiveOps.ScalarLike(q, Math.Max(length, 0) - 1));
            Tensor among = Interpolated(ranks, method, at => new Gather(last).Apply(sorted, at));
            Tensor any = ReduceOver(ReductionKind.Any, isNan, [last], keepdims: false);
            return PrimitiveOps.Where(PerRow(any), PerRow(new Gather(last).Apply(sorted, PrimitiveOps.Scalar(DType.Int32, Math.Max(length, 1) - 1))), among);
        }

        Tensor count = ReduceOver(ReductionKind.Sum, PrimitiveOps.Convert(PrimitiveOps.Unary(ElementwiseFunction.LogicalNot, isNan), x.DType), [last], keepdims: false);
        Tensor greatest = PrimitiveOps.Binary(ElementwiseFunction.Maximum, PrimitiveOps.Binary(ElementwiseFunction.Subtract, count, PrimitiveOps.ScalarLike(count, 1)), PrimitiveOps.ScalarLike(count, 0));
        Tensor own = PrimitiveOps.Binary(ElementwiseFunction.Multiply, PerRow(greatest), q);
        Tensor flat = Flat(sorted), starts = RowStarts(x.Shape, length);
        return Interpolated(own, method, at => new Gather(0).Apply(flat, PrimitiveOps.Binary(ElementwiseFunction.Add, at, PerRow(starts))));

        // Something for each row, with dimensions of one for the axes of q.
        Tensor PerRow(Tensor row) => PrimitiveOps.Reshape(row, new Shape([.. row.Shape.Dims, .. Enumerable.Repeat(1, q.Rank)]));
    }

    /// <summary>What is at a place between two elements.</summary>
    /// <param name="ranks">The places, counted from zero.</param>
    /// <param name="method">How the two make one.</param>
    /// <param name="take">Takes the elements at whole places.</param>
    private static Tensor Interpolated(Tensor ranks, string method, Func<Tensor, Tensor> take)
    {
        Tensor lower = PrimitiveOps.Unary(ElementwiseFunction.Floor, ranks), upper = PrimitiveOps.Unary(ElementwiseFunction.Ceiling, ranks);
        if (method == "lower") return At(lower);
        if (method == "higher") return At(upper);
        if (method == "nearest") return At(PrimitiveOps.Unary(ElementwiseFunction.Round, ranks));
        Tensor below = At(lower), above = At(upper);
        Tensor weight = method == "linear" ? PrimitiveOps.Binary(ElementwiseFunction.Subtract, ranks, lower) : PrimitiveOps.ScalarLike(ranks, 0.5);
        // Between equal infinities there is no distance, where their difference would be NaN.
        Tensor same = LogicalAnd(Equal(below, above), PrimitiveOps.Unary(ElementwiseFunction.IsInf, below));
        Tensor distance = PrimitiveOps.Where(same, PrimitiveOps.ScalarLike(below, 0), PrimitiveOps.Binary(ElementwiseFunction.Subtract, above, below));
        return PrimitiveOps.Binary(ElementwiseFunction.Add, below, PrimitiveOps.Binary(ElementwiseFunction.Multiply, distance, weight));

        Tensor At(Tensor places) => take(PrimitiveOps.Convert(places, DType.Int32));
    }

    /// <summary>Where the rows along the last axis start in the flattened tensor, in the shape of the other axes.</summary>
    private static Tensor RowStarts(Shape shape, int length)
    {
        Shape rows = new(shape.Dims[..^1]);
        Tensor numbers = new Iota(DType.Int32, [rows.IsKnown ? rows.Size : Shape.Unknown], 0).Apply();
        return PrimitiveOps.Reshape(PrimitiveOps.Binary(ElementwiseFunction.Multiply, numbers, PrimitiveOps.Scalar(DType.Int32, length)), rows);
    }
}
