using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The part of matrices at and below a diagonal; zeros above it.</summary>
    /// <param name="x">Matrices: two or more axes.</param>
    /// <param name="k">The diagonal: 0 for the main one, positive above it, negative below.</param>
    public static Tensor Tril(Tensor x, int k = 0) => OpDispatch.Call("Tril", [x], t => Triangle(nameof(Tril), t[0], ElementwiseFunction.LessEqual, k), ("k", k));

    /// <summary>The part of matrices at and above a diagonal; zeros below it.</summary>
    /// <param name="x">Matrices: two or more axes.</param>
    /// <param name="k">The diagonal: 0 for the main one, positive above it, negative below.</param>
    public static Tensor Triu(Tensor x, int k = 0) => OpDispatch.Call("Triu", [x], t => Triangle(nameof(Triu), t[0], ElementwiseFunction.GreaterEqual, k), ("k", k));

    /// <summary>The matrix with a vector as a diagonal, or the diagonal of a matrix.</summary>
    /// <param name="x">A vector or a matrix.</param>
    /// <param name="k">The diagonal: 0 for the main one, positive above it, negative below.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static Tensor Diag(Tensor x, int k = 0) => OpDispatch.Call("Diag", [x], t => t[0].Rank switch
    {
        1 => WithDiagonal(t[0], k),
        2 => DiagonalOf(t[0], k, 0, 1),
        _ => throw new ArgumentException($"Diag takes a vector or a matrix, not a tensor of shape {t[0].Shape}.", nameof(x)),
    }, ("k", k));

    /// <summary>The matrix with all elements of a tensor, flattened, as a diagonal.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="k">The diagonal: 0 for the main one, positive above it, negative below.</param>
    public static Tensor Diagflat(Tensor x, int k = 0) => OpDispatch.Call("Diagflat", [x], t => WithDiagonal(Flat(t[0]), k), ("k", k));

    /// <summary>A diagonal of matrices, as the last axis.</summary>
    /// <param name="x">A tensor with two or more axes.</param>
    /// <param name="offset">The diagonal: 0 for the main one, positive above it, negative below.</param>
    /// <param name="axis1">The axis of the rows.</param>
    /// <param name="axis2">The axis of the columns.</param>
    /// <exception cref="ArgumentException">The axes are the same, or there are less than two.</exception>
    public static Tensor Diagonal(Tensor x, int offset = 0, int axis1 = 0, int axis2 = 1) => OpDispatch.Call("Diagonal", [x], t =>
        DiagonalOf(t[0], offset, axis1, axis2), ("offset", offset), ("axis1", axis1), ("axis2", axis2));

    /// <summary>The sum of a diagonal of matrices. Small integers are added up as 32-bit ones.</summary>
    /// <param name="x">A tensor with two or more axes.</param>
    /// <param name="offset">The diagonal: 0 for the main one, positive above it, negative below.</param>
    /// <param name="axis1">The axis of the rows.</param>
    /// <param name="axis2">The axis of the columns.</param>
    /// <exception cref="ArgumentException">The axes are the same, or there are less than two.</exception>
    public static Tensor Trace(Tensor x, int offset = 0, int axis1 = 0, int axis2 = 1) => OpDispatch.Call("Trace", [x], t =>
    {
        Tensor values = Promotion.Narrow(t[0]);
        if (values.DType.Size < 4 && !values.DType.IsFloating) values = PrimitiveOps.Convert(values, values.DType.Kind == DTypeKind.Unsigned ? DType.UInt32 : DType.Int32);
        Tensor diagonal = DiagonalOf(values, offset, axis1, axis2);
        return PrimitiveOps.Sum(diagonal, diagonal.Rank - 1);
    }, ("offset", offset), ("axis1", axis1), ("axis2", axis2));

    /// <summary>Rows of powers of the elements of a vector (a Vandermonde matrix).</summary>
    /// <param name="x">A vector.</param>
    /// <param name="n">The number of powers; as many as elements if omitted.</param>
    /// <param name="increasing">Whether the powers go up from 0; else they go down to it.</param>
    /// <exception cref="ArgumentException">It is no vector, or <paramref name="n"/> is negative.</exception>
    public static Tensor Vander(Tensor x, int? n = null, bool increasing = false) => OpDispatch.Call("Vander", [x], t =>
    {
        if (t[0].Rank != 1) throw new ArgumentException($"Vander takes a vector, not a tensor of shape {t[0].Shape}.", nameof(x));
        if (n < 0) throw new ArgumentOutOfRangeException(nameof(n), $"Vander: the number of powers is {n}; it is not negative.");
        Tensor narrow = Promotion.Narrow(t[0]);
        int length = t[0].Shape.Dims[0], powers = n ?? length;
        if (powers == Shape.Unknown) return PrimitiveOps.BroadcastTo(PrimitiveOps.Reshape(narrow, new Shape([length, 1])), new Shape([length, Shape.Unknown]));
        Tensor values = narrow.DType == DType.Bool ? PrimitiveOps.Convert(narrow, DType.Int32) : narrow;
        Tensor exponents = Counting(powers, 1, 2, values.DType);
        if (!increasing) exponents = PrimitiveOps.Binary(ElementwiseFunction.Subtract, PrimitiveOps.ScalarLike(exponents, powers - 1), exponents);
        return PrimitiveOps.Convert(PrimitiveOps.Binary(ElementwiseFunction.Power, PrimitiveOps.Reshape(values, new Shape([length, 1])), exponents), narrow.DType);
    }, ("N", n), ("increasing", increasing));

    private static Tensor Triangle(string name, Tensor x, ElementwiseFunction compare, int k)
    {
        if (x.Rank < 2) throw new ArgumentException($"{name} takes matrices, which have two or more axes, not a tensor of shape {x.Shape}.", nameof(x));
        (int rows, int columns) = (x.Shape.Dims[^2], x.Shape.Dims[^1]);
        // While shapes are being inferred: it stays the same.
        if (rows == Shape.Unknown || columns == Shape.Unknown) return x;
        return PrimitiveOps.Where(IsDiagonal(compare, rows, columns, k), x, PrimitiveOps.ScalarLike(x, 0));
    }

    private static Tensor WithDiagonal(Tensor x, int k)
    {
        int length = x.Shape.Dims[0];
        if (length == Shape.Unknown) return PrimitiveOps.Reshape(x, new Shape([length, length]));
        long side = length + Math.Abs((long)k), size = side * side;
        if (size > int.MaxValue) throw new ArgumentException($"A matrix with {length} elements on diagonal {k} has more elements than a tensor can have.");
        // Row by row each element is a row and one place after the one before.
        long before = length == 0 ? size : k >= 0 ? k : -k * side;
        long after = length == 0 ? 0 : size - before - (((length - 1) * (side + 1)) + 1);
        Tensor padded = new Pad([(int)before], [(int)after], [(int)side]).Apply(x, PrimitiveOps.ScalarLike(x, 0));
        return PrimitiveOps.Reshape(padded, new Shape([(int)side, (int)side]));
    }

    private static Tensor DiagonalOf(Tensor x, int offset, int axis1, int axis2)
    {
        if (x.Rank < 2) throw new ArgumentException($"A diagonal is one of matrices, which have two or more axes; received a tensor of shape {x.Shape}.", nameof(x));
        (int a, int b) = (x.Shape.Axis(axis1), x.Shape.Axis(axis2));
        if (a == b) throw new ArgumentException($"The axes of a diagonal differ; received {axis1} and {axis2} for a tensor of shape {x.Shape}.", nameof(axis2));
        int[] others = [.. Enumerable.Range(0, x.Rank).Where(i => i != a && i != b)];
        Tensor last = PrimitiveOps.Transpose(x, [.. others, a, b]);
        ReadOnlySpan<int> dims = last.Shape.Dims[..^2];
        (int rows, int columns) = (last.Shape.Dims[^2], last.Shape.Dims[^1]);
        if (rows == Shape.Unknown || columns == Shape.Unknown) return PrimitiveOps.Reshape(last, new Shape([.. dims, Shape.Unknown]));
        long length = Math.Max(0, Math.Min(rows - Math.Max(0, -(long)offset), columns - Math.Max(0, (long)offset)));
        int step = columns + 1, start = length == 0 ? 0 : offset >= 0 ? offset : -offset * columns;
        int stop = length == 0 ? 0 : start + (int)((length - 1) * step) + 1;
        Tensor rowByRow = PrimitiveOps.Reshape(last, new Shape([.. dims, rows * columns]));
        int[] zeros = [.. others.Select(_ => 0)], ones = [.. others.Select(_ => 1)];
        return new Slice([.. zeros, start], [.. dims, stop], [.. ones, step]).Apply(rowByRow);
    }
}
