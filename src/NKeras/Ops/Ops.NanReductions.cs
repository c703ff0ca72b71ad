using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The sum of the elements that are not NaN, over axes (all if omitted); 0 where there are none.</summary>
    /// <inheritdoc cref="Sum"/>
    public static Tensor Nansum(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Nansum", [x], t =>
        ReduceOver(ReductionKind.Sum, ForTotals(NanAs(t[0], 0)), Axes(t[0], axis), keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The product of the elements that are not NaN, over axes (all if omitted); 1 where there are none.</summary>
    /// <inheritdoc cref="Prod"/>
    public static Tensor Nanprod(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Nanprod", [x], t =>
        ReduceOver(ReductionKind.Product, ForProducts(NanAs(t[0], 1), null), Axes(t[0], axis), keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The greatest of the elements that are not NaN, over axes (all if omitted); NaN where all are.</summary>
    /// <inheritdoc cref="Amax"/>
    public static Tensor Nanmax(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Nanmax", [x], t =>
        NanExtremeOver("Nanmax", true, t[0], Axes(t[0], axis), keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The least of the elements that are not NaN, over axes (all if omitted); NaN where all are.</summary>
    /// <inheritdoc cref="Amin"/>
    public static Tensor Nanmin(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Nanmin", [x], t =>
        NanExtremeOver("Nanmin", false, t[0], Axes(t[0], axis), keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The average of the elements that are not NaN, over axes (all if omitted), as floating point; NaN where there are none.</summary>
    /// <inheritdoc cref="Mean"/>
    public static Tensor Nanmean(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Nanmean", [x], t =>
        PrimitiveOps.Convert(NanMeanOf(Promotion.ToSpacious(t[0]), Axes(t[0], axis), keepdims), Promotion.FloatTypeOf(t[0])), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The variance of the elements that are not NaN, over axes (all if omitted), as floating point; NaN where there are none.</summary>
    /// <inheritdoc cref="Var"/>
    public static Tensor Nanvar(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Nanvar", [x], t =>
        PrimitiveOps.Convert(NanVarianceOf(Promotion.ToSpacious(t[0]), Axes(t[0], axis), keepdims), Promotion.FloatTypeOf(t[0])), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The standard deviation of the elements that are not NaN, over axes (all if omitted), as floating point; NaN where there are none.</summary>
    /// <inheritdoc cref="Std"/>
    public static Tensor Nanstd(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Nanstd", [x], t =>
        PrimitiveOps.Convert(RootOf(NanVarianceOf(Promotion.ToSpacious(t[0]), Axes(t[0], axis), keepdims)), Promotion.FloatTypeOf(t[0])),
        ("axis", axis), ("keepdims", keepdims));

    /// <summary>The position of the first greatest element that is not NaN, along an axis, as int32 (of the flattened tensor, as int64, if omitted); -1 where all are NaN.</summary>
    /// <exception cref="ArgumentException">The axis is empty.</exception>
    public static Tensor Nanargmax(Tensor x, int? axis = null, bool keepdims = false) => OpDispatch.Call("Nanargmax", [x], t =>
        NanArgReduceOver(true, t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The position of the first least element that is not NaN, along an axis, as int32 (of the flattened tensor, as int64, if omitted); -1 where all are NaN.</summary>
    /// <exception cref="ArgumentException">The axis is empty.</exception>
    public static Tensor Nanargmin(Tensor x, int? axis = null, bool keepdims = false) => OpDispatch.Call("Nanargmin", [x], t =>
        NanArgReduceOver(false, t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims));

    private static Tensor NanAs(Tensor x, double value) => x.DType.IsFloating
        ? PrimitiveOps.Where(PrimitiveOps.Unary(ElementwiseFunction.IsNan, x), PrimitiveOps.ScalarLike(x, value), x)
        : x;

    private static Tensor NanExtremeOver(string name, bool max, Tensor x, int[] axes, bool keepdims)
    {
        if (!x.DType.IsFloating || axes.Length == 0) return ExtremeOver(name, max, x, axes, keepdims);
        Tensor found = ExtremeOver(name, max, NanAs(x, max ? double.NegativeInfinity : double.PositiveInfinity), axes, keepdims);
        Tensor none = ReduceOver(ReductionKind.All, PrimitiveOps.Unary(ElementwiseFunction.IsNan, x), axes, keepdims);
        return PrimitiveOps.Where(none, PrimitiveOps.ScalarLike(x, double.NaN), found);
    }

    private static Tensor NanMeanOf(Tensor x, int[] axes, bool keepdims) => axes.Length == 0 ? x : Finished(new Valid(x, axes).Mean(x), x, axes, keepdims);

    private static Tensor NanVarianceOf(Tensor x, int[] axes, bool keepdims)
    {
        // As in VarianceOf, distances are centred twice.
        Valid valid = new(x, axes);
        Tensor distances = Centered(Centered(x));
        return Finished(valid.Mean(PrimitiveOps.Unary(ElementwiseFunction.Square, distances)), x, axes, keepdims);

        Tensor Centered(Tensor values) => valid.Taken(PrimitiveOps.Binary(ElementwiseFunction.Subtract, values, valid.Mean(values)));
    }

    private static Tensor Finished(Tensor statistic, Tensor x, int[] axes, bool keepdims) => keepdims ? statistic : PrimitiveOps.Reshape(statistic, Without(x.Shape, axes));

    private static Tensor NanArgReduceOver(bool max, Tensor x, int? axis, bool keepdims)
    {
        if (!x.DType.IsFloating) return ArgReduceOver(max, x, axis, keepdims);
        // The first element that equals the extreme. NaN equals nothing, even where the extreme is infinite.
        int[] axes = axis is { } only ? [x.Shape.Axis(only)] : Axes(x, null);
        Tensor extreme = ExtremeOver(max ? "Nanargmax" : "Nanargmin", max, NanAs(x, max ? double.NegativeInfinity : double.PositiveInfinity), axes, keepdims: true);
        Tensor hits = PrimitiveOps.Binary(ElementwiseFunction.Equal, x, extreme);
        Tensor position = ArgReduceOver(true, PrimitiveOps.Convert(hits, DType.Float32), axis, keepdims);
        return Place(PrimitiveOps.Where(ReduceOver(ReductionKind.Any, hits, axes, keepdims), position, PrimitiveOps.ScalarLike(position, -1)));

        // Keras: the place in the flattened tensor is NumPy's own integer.
        Tensor Place(Tensor found) => axis == null ? PrimitiveOps.Convert(found, DType.Int64) : found;
    }

    /// <summary>The elements over axes that are not NaN. Where all are, they count as they are, so that results and gradients are NaN.</summary>
    private sealed class Valid
    {
        private readonly int[] _axes;
        private readonly Tensor _counts;
        private readonly Tensor _number;

        public Valid(Tensor x, int[] axes)
        {
            _axes = axes;
            Tensor isNumber = PrimitiveOps.Unary(ElementwiseFunction.LogicalNot, PrimitiveOps.Unary(ElementwiseFunction.IsNan, x));
            Tensor number = ReduceOver(ReductionKind.Sum, PrimitiveOps.Convert(isNumber, x.DType), axes, keepdims: true);
            Tensor none = PrimitiveOps.Binary(ElementwiseFunction.Equal, number, PrimitiveOps.ScalarLike(number, 0));
            _counts = PrimitiveOps.Binary(ElementwiseFunction.LogicalOr, isNumber, none);
            _number = PrimitiveOps.Where(none, PrimitiveOps.ScalarLike(number, double.NaN), number);
        }

        /// <summary>Terms, one for each element; zero for those that do not count.</summary>
        public Tensor Taken(Tensor terms) => PrimitiveOps.Where(_counts, terms, PrimitiveOps.ScalarLike(terms, 0));

        /// <summary>The average of terms.</summary>
        public Tensor Mean(Tensor terms) => PrimitiveOps.Divide(ReduceOver(ReductionKind.Sum, Taken(terms), _axes, keepdims: true), _number);
    }
}
