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
    public static Tensor Prod(Tensor x, Ints? axis = null, bool keepdims = false) => Reduce("Prod", ReductionKind.Product, x, axis, keepdims);

    /// <summary>The greatest element over axes (all if omitted).</summary>
    public static Tensor Max(Tensor x, Ints? axis = null, bool keepdims = false) => Reduce("Max", ReductionKind.Max, x, axis, keepdims);

    /// <summary>The least element over axes (all if omitted).</summary>
    public static Tensor Min(Tensor x, Ints? axis = null, bool keepdims = false) => Reduce("Min", ReductionKind.Min, x, axis, keepdims);

    /// <summary>The average over axes (all if omitted), as floating point. Every reduced dimension must be known when it is computed.</summary>
    public static Tensor Mean(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Mean", [x], t =>
        MeanOf(Promotion.ToFloating(t[0]), Axes(t[0], axis), keepdims));

    /// <summary>The variance (mean squared distance from the mean) over axes, as floating point.</summary>
    public static Tensor Var(Tensor x, Ints? axis = null, bool keepdims = false) => Moments(x, Axes(x, axis), keepdims).Variance;

    /// <summary>Mean and variance over axes (<c>keras.ops.moments</c>).</summary>
    public static (Tensor Mean, Tensor Variance) Moments(Tensor x, Ints axes, bool keepdims = false)
    {
        IReadOnlyList<Tensor> moments = OpDispatch.CallMany("Moments", [x], t =>
        {
            Tensor values = Promotion.ToFloating(t[0]);
            int[] over = Axes(values, axes);
            Tensor mean = MeanOf(values, over, keepdims: true);
            // Distances from the mean rather than E[x²] - E[x]²: no cancellation where the mean is large.
            Tensor variance = MeanOf(PrimitiveOps.Unary(ElementwiseFunction.Square, PrimitiveOps.Binary(ElementwiseFunction.Subtract, values, mean)), over, keepdims);
            return [keepdims ? mean : PrimitiveOps.Reshape(mean, variance.Shape), variance];
        });
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
        // Sums of booleans count; Any and All look at truth.
        Tensor values = kind is ReductionKind.Any or ReductionKind.All ? PrimitiveOps.Convert(t[0], DType.Bool)
            : t[0].DType == DType.Bool ? PrimitiveOps.Convert(t[0], DType.Int32) : t[0];
        return ReduceOver(kind, values, Axes(values, axis), keepdims);
    });

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

    private static Tensor ArgReduceOf(string name, bool max, Tensor x, int? axis, bool keepdims) => OpDispatch.Call(name, [x], t =>
    {
        Tensor values = axis == null ? PrimitiveOps.Reshape(t[0], new Shape([Shape.Unknown])) : t[0];
        int at = values.Shape.Axis(axis ?? 0);
        Tensor position = new ArgReduce(max, at).Apply(values);
        return !keepdims ? position
            : PrimitiveOps.Reshape(position, axis == null ? Reduced(t[0].Shape, Axes(t[0], null)) : values.Shape.With(at, 1));
    });
}
