using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The norm of vectors or matrices (<c>keras.ops.norm</c>).</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="ord">
    /// Of vectors: the p of (Σ|x|ᵖ)^(1/p), where 0 counts what is not zero and the infinities are the greatest and least absolute value; 2 if omitted. Of
    /// matrices: "fro" (if omitted), "nuc", 2 and -2 for the greatest and least singular value, 1 and -1 for sums of columns, the infinities for sums of rows.
    /// </param>
    /// <param name="axis">One axis for vectors, two for matrices; if omitted, the tensor is one vector or matrix (of any rank where <paramref name="ord"/> is omitted as well).</param>
    /// <param name="keepdims">Whether the axes stay, with dimension one.</param>
    /// <exception cref="ArgumentException">There is no such norm, or the tensor has no such axes.</exception>
    public static Tensor Norm(Tensor x, NormOrder? ord = null, Ints? axis = null, bool keepdims = false) => OpDispatch.Call("Norm", [x], t =>
    {
        Tensor values = t[0].DType == DType.Int64 ? PrimitiveOps.Convert(t[0], Config.Floatx()) : Promotion.WithFloat(t[0]);
        int[] axes = axis == null ? [.. Enumerable.Range(0, values.Rank)] : [.. axis.Select(values.Shape.Axis)];
        if (axes.Distinct().Count() != axes.Length) throw new ArgumentException($"Norm: the axes {axis} of shape {values.Shape} are not distinct.", nameof(axis));
        Tensor norm = axis == null && ord == null ? LengthOf(SumOfSquares(values, axes))
            : axes.Length == 1 ? VectorNorm(values, ord, axes)
            : axes.Length == 2 ? MatrixNorm(values, ord, axes[0], axes[1])
            : throw new ArgumentException($"Norm takes one axis for vectors or two for matrices; there are {axes.Length} of shape {values.Shape}.", nameof(axis));
        return keepdims ? PrimitiveOps.Reshape(norm, Reduced(values.Shape, axes)) : norm;
    }, ("ord", (object?)ord?.Name ?? ord?.Number), ("axis", axis), ("keepdims", keepdims));

    /// <summary>The tensor divided by its norm over an axis, or by <paramref name="epsilon"/> where the norm is less (<c>keras.ops.normalize</c>).</summary>
    /// <param name="x">The tensor; a scalar is a vector of one element.</param>
    /// <param name="axis">The axis, or the axes.</param>
    /// <param name="order">The order of the norm, at least 1.</param>
    /// <param name="epsilon">The least divisor; <see cref="Config.Epsilon"/> if omitted.</param>
    /// <exception cref="ArgumentException">The order is less than 1.</exception>
    public static Tensor Normalize(Tensor x, Ints? axis = null, int order = 2, double? epsilon = null)
    {
        if (order < 1) throw new ArgumentException($"Normalize: order is at least 1, not {order}.", nameof(order));
        Ints over = axis ?? -1;
        return OpDispatch.Call("Normalize", [x], t =>
        {
            Tensor values = Promotion.WithFloat(t[0].Rank == 0 ? PrimitiveOps.Reshape(t[0], new Shape([1])) : t[0]);
            double least = epsilon ?? Config.Epsilon();
            if (order != 2) return Divide(values, Maximum(Norm(values, order, over, keepdims: true), Promotion.As(least, values.DType)));
            // The square is kept from zero, so that the gradient of a vector of zeros is finite.
            Tensor square = ReduceOver(ReductionKind.Sum, PrimitiveOps.Unary(ElementwiseFunction.Square, values), Axes(values, over), keepdims: true);
            return Multiply(values, Rsqrt(Maximum(square, Promotion.As(least * least, values.DType))));
        }, ("axis", over), ("order", order), ("epsilon", epsilon));
    }

    private static Tensor SumOfSquares(Tensor x, int[] axes) => PrimitiveOps.Sum(PrimitiveOps.Unary(ElementwiseFunction.Square, x), axes);

    private static Tensor VectorNorm(Tensor x, NormOrder? ord, int[] axes)
    {
        if (ord?.Name is { } name) throw new ArgumentException($"Norm: order \"{name}\" is one of matrices, and there is one axis.", nameof(ord));
        double p = ord?.Number ?? 2;
        Tensor size = PrimitiveOps.Unary(ElementwiseFunction.Abs, x);
        return p switch
        {
            2 => LengthOf(SumOfSquares(x, axes)),
            1 => PrimitiveOps.Sum(size, axes),
            0 => PrimitiveOps.Sum(PrimitiveOps.Convert(NotEqual(x, PrimitiveOps.ScalarLike(x, 0)), x.DType), axes),
            double.PositiveInfinity => new Reduce(ReductionKind.Max, new IntList(axes)).Apply(size),
            double.NegativeInfinity => new Reduce(ReductionKind.Min, new IntList(axes)).Apply(size),
            _ => Power(PrimitiveOps.Sum(Power(size, p), axes), 1 / p),
        };
    }

    private static Tensor MatrixNorm(Tensor x, NormOrder? ord, int rows, int columns)
    {
        if (ord == null || ord.Name == "fro") return LengthOf(SumOfSquares(x, [rows, columns]));
        if (ord.Name == "nuc") return PrimitiveOps.Sum(Values(), x.Rank - 2);
        return ord.Number switch
        {
            1 => OfSums(ReductionKind.Max, rows, columns),
            -1 => OfSums(ReductionKind.Min, rows, columns),
            double.PositiveInfinity => OfSums(ReductionKind.Max, columns, rows),
            double.NegativeInfinity => OfSums(ReductionKind.Min, columns, rows),
            2 => new Reduce(ReductionKind.Max, [x.Rank - 2]).Apply(Values()),
            -2 => new Reduce(ReductionKind.Min, [x.Rank - 2]).Apply(Values()),
            _ => throw new ArgumentException($"Norm: matrices have no norm of order {ord}; there are \"fro\", \"nuc\", 1, -1, 2, -2 and the infinities.", nameof(ord)),
        };

        Tensor Values() => SingularValuesOf(Contraction.Ordered(x, [.. Enumerable.Range(0, x.Rank).Where(i => i != rows && i != columns), rows, columns]));

        Tensor OfSums(ReductionKind kind, int summed, int left)
        {
            Tensor sums = PrimitiveOps.Sum(PrimitiveOps.Unary(ElementwiseFunction.Abs, x), summed);
            return new Reduce(kind, [left > summed ? left - 1 : left]).Apply(sums);
        }
    }
}
