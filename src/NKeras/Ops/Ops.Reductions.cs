using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The sum over axes (all if omitted).</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    public static Tensor Sum(Tensor x, Ints? axis = null, bool keepdims = false) => Reduce("Sum", ReductionKind.Sum, x, axis, keepdims);

    /// <summary>The product over axes (all if omitted).</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    /// <param name="dtype">The type to multiply in; chosen by that of <paramref name="x"/> if omitted.</param>
    public static Tensor Prod(Tensor x, Ints? axis = null, bool keepdims = false, DType? dtype = null) => OpDispatch.Call("Prod", [x], t =>
        Reduce("Prod", ReductionKind.Product, dtype == null ? t[0] : PrimitiveOps.Convert(t[0], dtype), axis, keepdims), ("axis", axis), ("keepdims", keepdims), ("dtype", dtype));

    /// <summary>The greatest element over axes (all if omitted).</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    /// <param name="initial">One more number to compare with; the result where there are no elements.</param>
    public static Tensor Max(Tensor x, Ints? axis = null, bool keepdims = false, double? initial = null) => OpDispatch.Call("Max", [x], t =>
    {
        Tensor found = Reduce("Max", ReductionKind.Max, t[0], axis, keepdims);
        return initial is { } number ? Maximum(found, Promotion.As(number, found.DType)) : found;
    }, ("axis", axis), ("keepdims", keepdims), ("initial", initial));

    /// <summary>The least element over axes (all if omitted).</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    /// <param name="initial">One more number to compare with; the result where there are no elements.</param>
    public static Tensor Min(Tensor x, Ints? axis = null, bool keepdims = false, double? initial = null) => OpDispatch.Call("Min", [x], t =>
    {
        Tensor found = Reduce("Min", ReductionKind.Min, t[0], axis, keepdims);
        return initial is { } number ? Minimum(found, Promotion.As(number, found.DType)) : found;
    }, ("axis", axis), ("keepdims", keepdims), ("initial", initial));

    /// <summary>The average over axes (all if omitted), as floating point. Every reduced dimension must be known when it is computed.</summary>
    public static Tensor Mean(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Mean", [x], t =>
        MeanOf(Promotion.ToFloating(t[0]), Axes(t[0], axis), keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The variance (mean squared distance from the mean) over axes, as floating point.</summary>
    public static Tensor Var(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Var", [x], t =>
        Moments(t[0], Axes(t[0], axis), keepdims).Variance, ("axis", axis), ("keepdims", keepdims));

    /// <summary>Mean and variance over axes (<c>keras.ops.moments</c>); of half types computed in float32.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axes">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    /// <param name="synchronized">Makes no difference: there are no replicas to be synchronized with.</param>
    public static (Tensor Mean, Tensor Variance) Moments(Tensor x, Ints axes, bool keepdims = false, bool synchronized = false)
    {
        IReadOnlyList<Tensor> moments = OpDispatch.CallMany("Moments", [x], t =>
        {
            Tensor given = Promotion.ToFloating(t[0]);
            Tensor values = PrimitiveOps.Convert(given, AtLeastFloat32(given.DType));
            int[] over = Axes(values, axes);
            Tensor mean = MeanOf(values, over, keepdims: true);
            // Distances from the mean rather than E[x²] - E[x]²: no cancellation where the mean is large.
            Tensor variance = MeanOf(PrimitiveOps.Unary(ElementwiseFunction.Square, PrimitiveOps.Binary(ElementwiseFunction.Subtract, values, mean)), over, keepdims);
            if (!keepdims) mean = PrimitiveOps.Reshape(mean, variance.Shape);
            return [InRange(mean, given.DType), InRange(variance, given.DType)];
        }, ("axes", axes), ("keepdims", keepdims), ("synchronized", synchronized));
        return (moments[0], moments[1]);
    }

    /// <summary>The position of the greatest element along an axis (of the flattened tensor if omitted), as int32.</summary>
    public static Tensor Argmax(Tensor x, int? axis = null, bool keepdims = false) => ArgReduceOf("Argmax", true, x, axis, keepdims);

    /// <summary>The position of the least element along an axis (of the flattened tensor if omitted), as int32.</summary>
    public static Tensor Argmin(Tensor x, int? axis = null, bool keepdims = false) => ArgReduceOf("Argmin", false, x, axis, keepdims);

    /// <summary>Whether one element over the axes is true (not zero).</summary>
    public static Tensor Any(Tensor x, Ints? axis = null, bool keepdims = false) => Reduce("Any", ReductionKind.Any, x, axis, keepdims);

    /// <summary>Whether all elements over the axes are true (not zero).</summary>
    public static Tensor All(Tensor x, Ints? axis = null, bool keepdims = false) => Reduce("All", ReductionKind.All, x, axis, keepdims);

    private static Tensor Reduce(string name, ReductionKind kind, Tensor x, Ints? axis, bool keepdims) => OpDispatch.Call(name, [x], t =>
    {
        DType type = t[0].DType;
        if (type == DType.Bool && kind is (ReductionKind.Max or ReductionKind.Min)) kind = kind is ReductionKind.Max ? ReductionKind.Any : ReductionKind.All;
        // Sums of booleans count, and those of small integers do not overflow; Any and All look at truth.
        Tensor values = kind switch
        {
            ReductionKind.Any or ReductionKind.All => PrimitiveOps.Convert(t[0], DType.Bool),
            ReductionKind.Sum or ReductionKind.Product when type.Size < 4 && !type.IsFloating => PrimitiveOps.Convert(t[0], type.Kind == DTypeKind.Unsigned ? DType.UInt32 : DType.Int32),
            _ => t[0],
        };
        return ReduceOver(kind, values, Axes(values, axis), keepdims);
    }, ("axis", axis), ("keepdims", keepdims));

    private static Tensor ReduceOver(ReductionKind kind, Tensor x, int[] axes, bool keepdims)
    {
        Tensor reduced = axes.Length == 0 ? x : new Reduce(kind, new IntList(axes)).Apply(x);
        return keepdims ? PrimitiveOps.Reshape(reduced, Reduced(x.Shape, axes)) : reduced;
    }

    private static Tensor MeanOf(Tensor x, int[] axes, bool keepdims)
    {
        // While shapes are being inferred a dimension may be unknown; the count is then not needed.
        long count = 1;
        foreach (int axis in axes) count *= Math.Max(0, x.Shape[axis] ?? 1);
        Tensor sum = ReduceOver(ReductionKind.Sum, x, axes, keepdims);
        return PrimitiveOps.Binary(ElementwiseFunction.Multiply, sum, PrimitiveOps.ScalarLike(sum, 1.0 / count));
    }

    /// <summary>A tensor in a narrower type; what float16 cannot hold becomes its greatest number, as in Keras.</summary>
    private static Tensor InRange(Tensor x, DType type) => PrimitiveOps.Convert(type == DType.Float16 ? Clip(x, -65504.0, 65504.0) : x, type);

    private static Tensor ArgReduceOf(string name, bool max, Tensor x, int? axis, bool keepdims) => OpDispatch.Call(name, [x], t =>
    {
        Tensor values = axis == null ? PrimitiveOps.Reshape(t[0], new Shape([Shape.Unknown])) : t[0];
        int at = values.Shape.Axis(axis ?? 0);
        Tensor position = new ArgReduce(max, at).Apply(values);
        return !keepdims ? position
            : PrimitiveOps.Reshape(position, axis == null ? Reduced(t[0].Shape, Axes(t[0], null)) : values.Shape.With(at, 1));
    }, ("axis", axis), ("keepdims", keepdims));
}
