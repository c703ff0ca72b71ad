using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The sum over axes (all if omitted). Booleans count, and integers of less than 32 bits are added up in 32.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    public static Tensor Sum(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Sum", [x], t =>
        ReduceOver(ReductionKind.Sum, ForTotals(t[0]), Axes(t[0], axis), keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The product over axes (all if omitted).</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    /// <param name="dtype">The type to multiply in; chosen by that of <paramref name="x"/> if omitted.</param>
    public static Tensor Prod(Tensor x, Ints? axis = null, bool keepdims = false, DType? dtype = null) => OpDispatch.Call("Prod", [x], t =>
        ReduceOver(ReductionKind.Product, ForProducts(t[0], dtype), Axes(t[0], axis), keepdims), ("axis", axis), ("keepdims", keepdims), ("dtype", dtype));

    /// <summary>The greatest element over axes (all if omitted); NaN if one is.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    /// <param name="initial">One more number to compare with; the result where there are no elements.</param>
    /// <exception cref="ArgumentException">There are no elements, and no <paramref name="initial"/>.</exception>
    public static Tensor Max(Tensor x, Ints? axis = null, bool keepdims = false, double? initial = null) => OpDispatch.Call("Max", [x], t =>
    {
        Tensor found = ExtremeOver("Max", true, t[0], Axes(t[0], axis), keepdims, initial != null);
        return initial is { } number ? Maximum(found, Promotion.As(number, found.DType)) : found;
    }, ("axis", axis), ("keepdims", keepdims), ("initial", initial));

    /// <summary>The least element over axes (all if omitted); NaN if one is.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    /// <param name="initial">One more number to compare with; the result where there are no elements.</param>
    /// <exception cref="ArgumentException">There are no elements, and no <paramref name="initial"/>.</exception>
    public static Tensor Min(Tensor x, Ints? axis = null, bool keepdims = false, double? initial = null) => OpDispatch.Call("Min", [x], t =>
    {
        Tensor found = ExtremeOver("Min", false, t[0], Axes(t[0], axis), keepdims, initial != null);
        return initial is { } number ? Minimum(found, Promotion.As(number, found.DType)) : found;
    }, ("axis", axis), ("keepdims", keepdims), ("initial", initial));

    /// <summary>The greatest element over axes (all if omitted); NaN if one is.</summary>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    public static Tensor Amax(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Amax", [x], t =>
        ExtremeOver("Amax", true, t[0], Axes(t[0], axis), keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The least element over axes (all if omitted); NaN if one is.</summary>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    public static Tensor Amin(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Amin", [x], t =>
        ExtremeOver("Amin", false, t[0], Axes(t[0], axis), keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The greatest element minus the least, over axes (all if omitted).</summary>
    /// <exception cref="ArgumentException">There are no elements, or they are booleans.</exception>
    public static Tensor Ptp(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Ptp", [x], t =>
    {
        if (t[0].DType == DType.Bool) throw new ArgumentException("Ptp takes numbers; booleans have no distance.", nameof(x));
        int[] axes = Axes(t[0], axis);
        return PrimitiveOps.Binary(ElementwiseFunction.Subtract, ExtremeOver("Ptp", true, t[0], axes, keepdims), ExtremeOver("Ptp", false, t[0], axes, keepdims));
    }, ("axis", axis), ("keepdims", keepdims));

    /// <summary>Whether one element over the axes is true (not zero).</summary>
    public static Tensor Any(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Any", [x], t =>
        ReduceOver(ReductionKind.Any, PrimitiveOps.Convert(t[0], DType.Bool), Axes(t[0], axis), keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>Whether all elements over the axes are true (not zero).</summary>
    public static Tensor All(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("All", [x], t =>
        ReduceOver(ReductionKind.All, PrimitiveOps.Convert(t[0], DType.Bool), Axes(t[0], axis), keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>How many elements over the axes are not zero, as int32.</summary>
    public static Tensor CountNonzero(Tensor x, Ints? axis = null) => OpDispatch.Call("CountNonzero", [x], t =>
        ReduceOver(ReductionKind.Sum, PrimitiveOps.Convert(PrimitiveOps.Convert(t[0], DType.Bool), DType.Int32), Axes(t[0], axis), keepdims: false), ("axis", axis));

    /// <summary>The position of the first greatest element along an axis (of the flattened tensor if omitted), as int32. NaN counts as greatest.</summary>
    /// <exception cref="ArgumentException">The axis is empty.</exception>
    public static Tensor Argmax(Tensor x, int? axis = null, bool keepdims = false) => OpDispatch.Call("Argmax", [x], t =>
        ArgReduceOver(true, t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The position of the first least element along an axis (of the flattened tensor if omitted), as int32. NaN counts as least.</summary>
    /// <exception cref="ArgumentException">The axis is empty.</exception>
    public static Tensor Argmin(Tensor x, int? axis = null, bool keepdims = false) => OpDispatch.Call("Argmin", [x], t =>
        ArgReduceOver(false, t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>A tensor in the type that its elements are added up in: sums of booleans count, those of small integers do not overflow.</summary>
    private static Tensor ForTotals(Tensor x) => x.DType.Size < 4 && !x.DType.IsFloating
        ? PrimitiveOps.Convert(x, x.DType.Kind == DTypeKind.Unsigned ? DType.UInt32 : DType.Int32)
        : x;

    /// <summary>A tensor in the type that its elements are multiplied in.</summary>
    private static Tensor ForProducts(Tensor x, DType? dtype) => dtype == null ? ForTotals(Promotion.As(x, Promotion.ResultType(x, x))) : PrimitiveOps.Convert(x, dtype);

    private static Tensor ReduceOver(ReductionKind kind, Tensor x, int[] axes, bool keepdims)
    {
        Tensor reduced = axes.Length == 0 ? x : new Reduce(kind, new IntList(axes)).Apply(x);
        return keepdims ? PrimitiveOps.Reshape(reduced, Reduced(x.Shape, axes)) : reduced;
    }

    private static Tensor ExtremeOver(string name, bool max, Tensor x, int[] axes, bool keepdims, bool hasInitial = false)
    {
        if (!hasInitial && axes.Any(a => x.Shape.Dims[a] == 0) && !Enumerable.Range(0, x.Rank).Any(a => !axes.Contains(a) && x.Shape.Dims[a] == 0))
            throw new ArgumentException($"{name}: no element of a tensor of shape {x.Shape} is the {(max ? "greatest" : "least")}, since there is none.", nameof(x));
        ReductionKind kind = x.DType == DType.Bool ? (max ? ReductionKind.Any : ReductionKind.All) : max ? ReductionKind.Max : ReductionKind.Min;
        return ReduceOver(kind, x, axes, keepdims);
    }

    private static Tensor ArgReduceOver(bool max, Tensor x, int? axis, bool keepdims)
    {
        Tensor values = axis == null ? Flat(x) : x;
        int at = values.Shape.Axis(axis ?? 0);
        Tensor position = new ArgReduce(max, at).Apply(values);
        return !keepdims ? position
            : PrimitiveOps.Reshape(position, axis == null ? Reduced(x.Shape, Axes(x, null)) : values.Shape.With(at, 1));
    }

    /// <summary>The elements as a vector.</summary>
    private static Tensor Flat(Tensor x) => PrimitiveOps.Reshape(x, new Shape([x.Shape.IsKnown ? x.Shape.Size : Shape.Unknown]));
}
