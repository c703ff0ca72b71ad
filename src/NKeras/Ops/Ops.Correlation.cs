using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Pearson's correlation of every two rows of a matrix, each of which is a variable; of a vector with itself 1.</summary>
    /// <param name="x">The variables.</param>
    /// <returns>A symmetric matrix, or a scalar; float64 for float64 and int64. A constant variable gives NaN.</returns>
    /// <exception cref="ArgumentException">x has more than two axes, or none.</exception>
    public static Tensor Corrcoef(Tensor x) => OpDispatch.Call("Corrcoef", [x], t =>
    {
        if (t[0].Rank is not (1 or 2)) throw new ArgumentException($"Corrcoef takes a matrix, or a vector, not a tensor of shape {t[0].Shape}.", nameof(x));
        DType type = t[0].DType == DType.Int64 ? DType.Float64 : t[0].DType.IsFloating ? t[0].DType : Config.Floatx();
        Tensor values = Promotion.ToSpacious(PrimitiveOps.Convert(t[0], type));
        if (values.Rank == 1) values = PrimitiveOps.Reshape(values, new Shape([1, values.Shape.Dims[0]]));
        Tensor distances = PrimitiveOps.Binary(ElementwiseFunction.Subtract, values, MeanOf(values, [1], keepdims: true));
        Tensor lengths = PrimitiveOps.Unary(ElementwiseFunction.Sqrt, ReduceOver(ReductionKind.Sum, PrimitiveOps.Unary(ElementwiseFunction.Square, distances), [1], keepdims: true));
        Tensor directions = PrimitiveOps.Divide(distances, lengths);
        Tensor products = PrimitiveOps.MatMul(directions, directions, transposeB: true);
        // Rounding may lead a little beyond.
        Tensor result = new Elementwise(ElementwiseFunction.Clip).Apply(products, PrimitiveOps.ScalarLike(products, -1), PrimitiveOps.ScalarLike(products, 1));
        return PrimitiveOps.Convert(t[0].Rank == 1 ? PrimitiveOps.Reshape(result, Shape.Scalar) : result, type);
    });

    /// <summary>The cross-correlation of two vectors: sums of products of the first, shifted, with the second.</summary>
    /// <param name="x1">The first vector.</param>
    /// <param name="x2">The second.</param>
    /// <param name="mode">Which shifts: <c>"valid"</c>, where one lies within the other; <c>"same"</c>, as many as the longer has elements; <c>"full"</c>, where they overlap at all.</param>
    /// <returns>A vector of a floating-point type: float64 if a 64-bit type is asked for (<see cref="Config.SetFloatx"/>), else at most float32.</returns>
    /// <exception cref="ArgumentException">An operand is empty or no vector, or there is no such mode.</exception>
    public static Tensor Correlate(Tensor x1, Tensor x2, string mode = "valid") => OpDispatch.Call("Correlate", [x1, x2], t =>
    {
        if (mode is not ("valid" or "same" or "full")) throw new ArgumentException($"Correlate: mode is 'valid', 'same' or 'full', not '{mode}'.", nameof(mode));
        if (t[0].Rank != 1 || t[1].Rank != 1 || t[0].Shape.Dims[0] == 0 || t[1].Shape.Dims[0] == 0)
            throw new ArgumentException($"Correlate takes two vectors that are not empty, not shapes {t[0].Shape} and {t[1].Shape}.");
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        DType type = a.DType == DType.Int64 ? DType.Float64 : a.DType.IsFloating ? a.DType : DType.Float32;
        if (!a.Shape.IsKnown || !b.Shape.IsKnown) return DataDependent.Result(type, Shape.Unknown);

        (a, b) = (Promotion.ToSpacious(PrimitiveOps.Convert(a, type)), Promotion.ToSpacious(PrimitiveOps.Convert(b, type)));
        int first = a.Shape.Dims[0], second = b.Shape.Dims[0];
        int most = Math.Max(first, second), least = Math.Min(first, second);
        // Of all shifts, the one with which the result begins, and their number. NumPy centres those of "same" in this way.
        int half = least - (least / 2) - 1;
        (int start, int count) = mode switch
        {
            "valid" => (least - 1, most - least + 1),
            "same" => (first >= second ? half : least - 1 - half, most),
            _ => (0, first + second - 1),
        };
        SlidingWindow moves = new([1], [1], [second - 1], [second - 1]);
        Tensor all = new Engine.Primitives.Convolution(moves, 1).Apply(PrimitiveOps.Reshape(a, new Shape([1, first, 1])), PrimitiveOps.Reshape(b, new Shape([second, 1, 1])));
        return PrimitiveOps.Convert(RangeOf(PrimitiveOps.Reshape(all, new Shape([first + second - 1])), 0, start, start + count), type);
    }, ("mode", mode));
}
