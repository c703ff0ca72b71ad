using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The average over axes (all if omitted), as floating point; NaN where there are no elements.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    public static Tensor Mean(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Mean", [x], t =>
        MeanOf(Promotion.ToFloating(t[0]), Axes(t[0], axis), keepdims), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The variance (mean squared distance from the mean) over axes (all if omitted), as floating point.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    public static Tensor Var(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Var", [x], t =>
        PrimitiveOps.Convert(VarianceOf(Promotion.ToSpacious(t[0]), Axes(t[0], axis), keepdims), Promotion.FloatTypeOf(t[0])), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The standard deviation (square root of the variance) over axes (all if omitted), as floating point.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    public static Tensor Std(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Std", [x], t =>
        PrimitiveOps.Convert(RootOf(VarianceOf(Promotion.ToSpacious(t[0]), Axes(t[0], axis), keepdims)), Promotion.FloatTypeOf(t[0])),
        ("axis", axis), ("keepdims", keepdims));

    /// <summary>Mean and variance over axes (<c>keras.ops.moments</c>), in the tensor's type; those of float16 are brought within its range.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axes">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    /// <param name="synchronized">Whether all replicas count together. There is one, so this changes nothing.</param>
    public static (Tensor Mean, Tensor Variance) Moments(Tensor x, Ints axes, bool keepdims = false, bool synchronized = false)
    {
        IReadOnlyList<Tensor> moments = OpDispatch.CallMany("Moments", [x], t =>
        {
            Tensor values = Promotion.ToSpacious(t[0]);
            int[] over = Axes(values, axes);
            Tensor mean = MeanOf(values, over, keepdims: true);
            // Distances from the mean rather than E[x²] - E[x]²: no cancellation where the mean is large.
            Tensor variance = MeanOf(PrimitiveOps.Unary(ElementwiseFunction.Square, PrimitiveOps.Binary(ElementwiseFunction.Subtract, values, mean)), over, keepdims);
            return [InTypeOf(t[0], keepdims ? mean : PrimitiveOps.Reshape(mean, variance.Shape)), InTypeOf(t[0], variance)];
        }, ("axes", axes), ("keepdims", keepdims), ("synchronized", synchronized));
        return (moments[0], moments[1]);
    }

    /// <summary>The average over axes (all if omitted), in which elements count by their weights.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="weights">Weights in the shape of <paramref name="x"/>, or a vector of them along the only axis; all are equal if omitted.</param>
    /// <exception cref="ArgumentException">The weights have another shape.</exception>
    public static Tensor Average(Tensor x, Ints? axis = null, Tensor? weights = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        return OpDispatch.CallWith("Average", new CallArguments([x], [KeyValuePair.Create("weights", (object?)weights)]), c =>
        {
            Tensor values = (Tensor)c.Positional[0]!;
            int[] axes = Axes(values, axis);
            if (c["weights"] is not Tensor given) return PrimitiveOps.Convert(MeanOf(Promotion.ToSpacious(values), axes, keepdims: false), Promotion.FloatTypeOf(values));
            Tensor[] unified = Promotion.UnifyAll([values, given, 0.0]);
            Tensor factors = PrimitiveOps.BroadcastTo(WeightsAlong(values, unified[1], axes, axis), values.Shape);
            Tensor total = ReduceOver(ReductionKind.Sum, PrimitiveOps.Binary(ElementwiseFunction.Multiply, Promotion.ToSpacious(unified[0]), Promotion.ToSpacious(factors)), axes, keepdims: false);
            return PrimitiveOps.Convert(PrimitiveOps.Divide(total, ReduceOver(ReductionKind.Sum, Promotion.ToSpacious(factors), axes, keepdims: false)), unified[0].DType);
        }, ("axis", axis));
    }

    /// <summary>ln(Σ exp(x)) over axes (all if omitted), computed without overflow.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with dimension one.</param>
    public static Tensor Logsumexp(Tensor x, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Logsumexp", [x], t =>
    {
        Tensor values = Promotion.ToSpacious(t[0]);
        int[] axes = Axes(values, axis);
        Tensor greatest = new StopGradient().Apply(ReduceOver(ReductionKind.Max, values, axes, keepdims: true));
        // An infinite shift would leave NaN; without one infinities come out as they should.
        Tensor shift = PrimitiveOps.Where(PrimitiveOps.Unary(ElementwiseFunction.IsFinite, greatest), greatest, PrimitiveOps.ScalarLike(greatest, 0));
        Tensor powers = PrimitiveOps.Unary(ElementwiseFunction.Exp, PrimitiveOps.Binary(ElementwiseFunction.Subtract, values, shift));
        Tensor logarithm = PrimitiveOps.Unary(ElementwiseFunction.Log, ReduceOver(ReductionKind.Sum, powers, axes, keepdims: true));
        Tensor result = PrimitiveOps.Binary(ElementwiseFunction.Add, logarithm, shift);
        return PrimitiveOps.Convert(keepdims ? result : PrimitiveOps.Reshape(result, Without(values.Shape, axes)), Promotion.FloatTypeOf(t[0]));
    }, ("axis", axis), ("keepdims", keepdims));

    /// <summary>The peak signal-to-noise ratio of two signals in decibels: 20 log₁₀(maxVal) - 10 log₁₀(mean squared difference).</summary>
    /// <param name="x1">A signal, such as an image.</param>
    /// <param name="x2">Another of the same shape.</param>
    /// <param name="maxVal">The greatest value that a signal can have.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor Psnr(Tensor x1, Tensor x2, double maxVal) => OpDispatch.Call("PSNR", [x1, x2], t =>
    {
        if (!t[0].Shape.IsCompatibleWith(t[1].Shape)) throw new ArgumentException($"Psnr compares signals of one shape, not {t[0].Shape} and {t[1].Shape}.");
        Tensor difference = Promotion.ToFloating(Subtract(t[0], t[1]));
        Tensor error = MeanOf(PrimitiveOps.Unary(ElementwiseFunction.Square, difference), Axes(difference, null), keepdims: false);
        Tensor decibels = PrimitiveOps.Binary(ElementwiseFunction.Multiply, PrimitiveOps.ScalarLike(error, 10), PrimitiveOps.Unary(ElementwiseFunction.Log10, error));
        return PrimitiveOps.Binary(ElementwiseFunction.Subtract, PrimitiveOps.ScalarLike(error, 20 * Math.Log10(maxVal)), decibels);
    }, ("max_val", maxVal));

    private static Tensor MeanOf(Tensor x, int[] axes, bool keepdims)
    {
        // While shapes are being inferred a dimension may be unknown; the count is then not needed.
        long count = 1;
        foreach (int axis in axes) count *= Math.Max(0, x.Shape[axis] ?? 1);
        Tensor sum = ReduceOver(ReductionKind.Sum, Promotion.ToSpacious(x), axes, keepdims);
        return PrimitiveOps.Convert(PrimitiveOps.Divide(sum, PrimitiveOps.ScalarLike(sum, count)), x.DType);
    }

    private static Tensor VarianceOf(Tensor x, int[] axes, bool keepdims)
    {
        // The mean is rounded. Where it is large beside the distances from it, the error is too, so these get centred once more.
        Tensor distances = Centered(Centered(x));
        return MeanOf(PrimitiveOps.Unary(ElementwiseFunction.Square, distances), axes, keepdims);

        Tensor Centered(Tensor values) => PrimitiveOps.Binary(ElementwiseFunction.Subtract, values, MeanOf(values, axes, keepdims: true));
    }

    /// <summary>The square root of a variance. That of a constant has an infinite slope, of which nothing comes through: the gradient is 0.</summary>
    private static Tensor RootOf(Tensor variance)
    {
        Tensor zero = PrimitiveOps.ScalarLike(variance, 0), isZero = PrimitiveOps.Binary(ElementwiseFunction.Equal, variance, zero);
        Tensor root = PrimitiveOps.Unary(ElementwiseFunction.Sqrt, PrimitiveOps.Where(isZero, PrimitiveOps.ScalarLike(variance, 1), variance));
        return PrimitiveOps.Where(isZero, zero, root);
    }

    /// <summary>A statistic in the type of what it is about.</summary>
    private static Tensor InTypeOf(Tensor x, Tensor statistic)
    {
        DType type = x.DType.IsFloating ? x.DType : Config.Floatx();
        if (type != DType.Float16) return PrimitiveOps.Convert(statistic, type);
        double greatest = (double)Half.MaxValue;
        return PrimitiveOps.Convert(
            new Elementwise(ElementwiseFunction.Clip).Apply(statistic, PrimitiveOps.ScalarLike(statistic, -greatest), PrimitiveOps.ScalarLike(statistic, greatest)), type);
    }

    /// <summary>Weights so that they broadcast with what they are for.</summary>
    private static Tensor WeightsAlong(Tensor x, Tensor weights, int[] axes, Ints? axis)
    {
        if (weights.Shape.IsCompatibleWith(x.Shape)) return weights;
        if (axis == null || axes.Length != 1 || !weights.Shape.IsCompatibleWith(new Shape([x.Shape.Dims[axes[0]]])))
            throw new ArgumentException($"Average: weights of shape {weights.Shape} do not fit a tensor of shape {x.Shape} and axis {axis?.ToString() ?? "null"}. They have its shape, or are a vector along the only axis.", nameof(weights));
        int[] dims = new int[x.Rank];
        System.Array.Fill(dims, 1);
        dims[axes[0]] = weights.Shape.Dims[0];
        return PrimitiveOps.Reshape(weights, new Shape(dims));
    }

    /// <summary>A shape without some of its axes.</summary>
    private static Shape Without(Shape shape, int[] axes) => new([.. shape.Dims.ToArray().Where((_, i) => !axes.Contains(i))]);
}
