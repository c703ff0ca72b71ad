using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>
    /// The sum of products over the last axis of the first tensor and the last but one (of a vector: the only one) of the second
    /// (<c>keras.ops.dot</c>). With a scalar it is the product.
    /// </summary>
    /// <exception cref="ArgumentException">The dimensions summed over differ.</exception>
    public static Tensor Dot(Tensor x1, Tensor x2) => OpDispatch.Call("Dot", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        return a.Rank == 0 || b.Rank == 0 ? Multiply(a, b) : Along("Dot", a, b, b.Rank == 1 ? 0 : b.Rank - 2);
    });

    /// <summary>The sum of the products of all elements, the first tensor's conjugated if it is complex (<c>keras.ops.vdot</c>).</summary>
    /// <exception cref="ArgumentException">The numbers of elements differ.</exception>
    public static Tensor Vdot(Tensor x1, Tensor x2) => OpDispatch.Call("Vdot", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        return Along("Vdot", Flat(a), Flat(b), 0);
    });

    /// <summary>The sum of products over the last axes (<c>keras.ops.inner</c>). With a scalar it is the product.</summary>
    /// <exception cref="ArgumentException">The last dimensions differ.</exception>
    public static Tensor Inner(Tensor x1, Tensor x2) => OpDispatch.Call("Inner", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        return a.Rank == 0 || b.Rank == 0 ? Multiply(a, b) : Along("Inner", a, b, b.Rank - 1);
    });

    /// <summary>The products of all elements of one flattened tensor (rows) with all of another (columns).</summary>
    public static Tensor Outer(Tensor x1, Tensor x2) => OpDispatch.Call("Outer", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        (Tensor rows, Tensor columns) = (Flat(a), Flat(b));
        return Multiply(PrimitiveOps.Reshape(rows, new Shape([rows.Shape.Dims[0], 1])), PrimitiveOps.Reshape(columns, new Shape([1, columns.Shape.Dims[0]])));
    });

    /// <summary>The sum of products over the last axes of one tensor and the first of another (<c>keras.ops.tensordot</c>).</summary>
    /// <param name="x1">The first tensor.</param>
    /// <param name="x2">The second tensor.</param>
    /// <param name="axes">The number of axes.</param>
    /// <exception cref="ArgumentException">There are not so many axes, or dimensions differ.</exception>
    public static Tensor Tensordot(Tensor x1, Tensor x2, int axes = 2) => OpDispatch.Call("Tensordot", [x1, x2], t =>
    {
        int count = Math.Max(0, axes);
        if (count > t[0].Rank || count > t[1].Rank) throw new ArgumentException($"Tensordot over {axes} axes: tensors of shapes {t[0].Shape} and {t[1].Shape} do not have so many.");
        return TensordotOf(t[0], t[1], [.. Enumerable.Range(t[0].Rank - count, count)], [.. Enumerable.Range(0, count)]);
    }, ("axes", axes));

    /// <summary>The sum of products over pairs of axes.</summary>
    /// <param name="x1">The first tensor.</param>
    /// <param name="x2">The second tensor.</param>
    /// <param name="axes">The axes of the first tensor, and those of the second in the same order.</param>
    /// <exception cref="ArgumentException">The numbers of axes or the dimensions differ, or an axis is out of range or given twice.</exception>
    public static Tensor Tensordot(Tensor x1, Tensor x2, (Ints, Ints) axes) => OpDispatch.Call("Tensordot", [x1, x2], t =>
        TensordotOf(t[0], t[1], [.. axes.Item1.Select(t[0].Shape.Axis)], [.. axes.Item2.Select(t[1].Shape.Axis)]), ("axes", new[] { axes.Item1.ToArray(), axes.Item2.ToArray() }));

    /// <summary>The Kronecker product: each element of the first tensor times the whole second (<c>keras.ops.kron</c>).</summary>
    public static Tensor Kron(Tensor x1, Tensor x2) => OpDispatch.Call("Kron", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        int rank = Math.Max(a.Rank, b.Rank);
        int[] outer = [.. Enumerable.Repeat(1, rank - a.Rank), .. a.Shape.Dims], inner = [.. Enumerable.Repeat(1, rank - b.Rank), .. b.Shape.Dims];
        Tensor product = Multiply(
            PrimitiveOps.Reshape(a, new Shape([.. outer.SelectMany(d => (int[])[d, 1])])),
            PrimitiveOps.Reshape(b, new Shape([.. inner.SelectMany(d => (int[])[1, d])])));
        return PrimitiveOps.Reshape(product, new Shape([.. outer.Zip(inner, (m, n) => m == Shape.Unknown || n == Shape.Unknown ? Shape.Unknown : m * n)]));
    });

    /// <summary>The cross product of vectors of two or three elements (<c>keras.ops.cross</c>); of two vectors of two elements, its last element alone.</summary>
    /// <param name="x1">The first vectors.</param>
    /// <param name="x2">The second vectors; the other axes are broadcast.</param>
    /// <param name="axisa">The axis of the first vectors.</param>
    /// <param name="axisb">The axis of the second vectors.</param>
    /// <param name="axisc">The axis of the results.</param>
    /// <param name="axis">The axis of all three, if given.</param>
    /// <exception cref="ArgumentException">Vectors have another number of elements than two or three.</exception>
    public static Tensor Cross(Tensor x1, Tensor x2, int axisa = -1, int axisb = -1, int axisc = -1, int? axis = null) => OpDispatch.Call("Cross", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        (Tensor?[] u, Tensor?[] v) = (Coordinates(a, axis ?? axisa), Coordinates(b, axis ?? axisb));
        if (u[2] is null && v[2] is null) return Minor(u[0], v[1], u[1], v[0])!;
        Tensor[] parts = [Minor(u[1], v[2], u[2], v[1])!, Minor(u[2], v[0], u[0], v[2])!, Minor(u[0], v[1], u[1], v[0])!];
        int at = new Shape([.. parts[0].Shape.Dims, 3]).Axis(axis ?? axisc);
        return new Concatenate(at).Apply([.. parts.Select(p => ExpandDims(p, at))]);
    }, ("axisa", axisa), ("axisb", axisb), ("axisc", axisc), ("axis", axis));

    /// <summary>The distances of all vectors of one collection from all of another, (..., m, d) and (..., n, d) give (..., m, n).</summary>
    /// <exception cref="ArgumentException">A tensor has fewer than two axes, or the last dimensions differ.</exception>
    public static Tensor Cdist(Tensor x, Tensor y) => OpDispatch.Call("CDist", [x, y], t =>
    {
        if (t[0].Rank < 2 || t[1].Rank < 2) throw new ArgumentException($"Cdist takes collections of vectors, with at least two axes; received shapes {t[0].Shape} and {t[1].Shape}.");
        CheckInner("Cdist", t[0], t[1], t[0].Shape.Dims[^1], t[1].Shape.Dims[^1]);
        (Tensor a, Tensor b) = Promotion.Unify(Promotion.WithFloat(t[0]), Promotion.WithFloat(t[1]));
        Tensor difference = Subtract(ExpandDims(a, -2), ExpandDims(b, -3));
        return LengthOf(PrimitiveOps.Sum(PrimitiveOps.Unary(ElementwiseFunction.Square, difference), difference.Rank - 1));
    });

    private static Tensor Along(string name, Tensor a, Tensor b, int axisB)
    {
        CheckInner(name, a, b, a.Shape.Dims[^1], b.Shape.Dims[axisB]);
        return Contraction.Apply(a, b, [(a.Rank - 1, axisB)]);
    }

    private static Tensor TensordotOf(Tensor x1, Tensor x2, int[] axes1, int[] axes2)
    {
        (Tensor a, Tensor b) = Promotion.Unify(x1, x2);
        bool fits = axes1.Length == axes2.Length && axes1.Distinct().Count() == axes1.Length && axes2.Distinct().Count() == axes2.Length
            && axes1.Zip(axes2).All(p => a.Shape[p.First] is not { } m || b.Shape[p.Second] is not { } n || m == n);
        if (!fits) throw new ArgumentException($"Tensordot: axes ({string.Join(", ", axes1)}) of shape {a.Shape} and ({string.Join(", ", axes2)}) of shape {b.Shape} do not match.");
        return Contraction.Apply(a, b, [.. axes1.Zip(axes2)]);
    }

    /// <summary>√x with slope 0 at 0, where the distance of two vectors has none.</summary>
    private static Tensor LengthOf(Tensor square)
    {
        Tensor isZero = PrimitiveOps.Binary(ElementwiseFunction.Equal, square, PrimitiveOps.ScalarLike(square, 0));
        Tensor root = PrimitiveOps.Unary(ElementwiseFunction.Sqrt, PrimitiveOps.Where(isZero, PrimitiveOps.ScalarLike(square, 1), square));
        return PrimitiveOps.Where(isZero, PrimitiveOps.ScalarLike(square, 0), root);
    }

    /// <summary>The three coordinates along an axis, which disappears; null for the third of vectors of two.</summary>
    private static Tensor?[] Coordinates(Tensor x, int axis)
    {
        int at = x.Shape.Axis(axis);
        int length = x.Shape.Dims[at];
        if (length is not (Shape.Unknown or 2 or 3)) throw new ArgumentException($"Cross takes vectors of two or three elements; those along axis {axis} of shape {x.Shape} have {length}.");
        return [.. Enumerable.Range(0, 3).Select(i => i < 2 || length == 3 ? Coordinate(x, at, i) : null)];
    }

    private static Tensor Coordinate(Tensor x, int axis, int i) =>
        PrimitiveOps.Reshape(MatrixOps.Part(x, axis, i, i + 1), new Shape([.. x.Shape.Dims[..axis], .. x.Shape.Dims[(axis + 1)..]]));

    /// <summary>a·b - c·d, where null is zero.</summary>
    private static Tensor? Minor(Tensor? a, Tensor? b, Tensor? c, Tensor? d)
    {
        Tensor? first = a is null || b is null ? null : Multiply(a, b), second = c is null || d is null ? null : Multiply(c, d);
        return second is null ? first : first is null ? Negative(second) : Subtract(first, second);
    }
}
