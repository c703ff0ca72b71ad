using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>Short forms for rules about stacks of matrices.</summary>
internal static class MatrixOps
{
    /// <summary>The matrices with rows and columns exchanged.</summary>
    public static Tensor T(Tensor x)
    {
        int[] order = [.. Enumerable.Range(0, x.Rank)];
        (order[^1], order[^2]) = (order[^2], order[^1]);
        return Transpose(x, order);
    }

    /// <summary>The matrices with zeros above a diagonal: the main one, or one that is a number of columns to the right.</summary>
    public static Tensor Lower(Tensor x, int diagonal = 0) => Masked(x, ElementwiseFunction.GreaterEqual, diagonal);

    /// <summary>The matrices with zeros below a diagonal.</summary>
    public static Tensor Upper(Tensor x, int diagonal = 0) => Masked(x, ElementwiseFunction.LessEqual, diagonal);

    /// <summary>The matrices' diagonals, as vectors.</summary>
    public static Tensor Diagonal(Tensor x)
    {
        int k = Math.Min(x.Shape.Dims[^2], x.Shape.Dims[^1]);
        return k == Shape.Unknown ? Sum(Masked(x, ElementwiseFunction.Equal, 0), x.Rank - 1)
            : Sum(Masked(Part(Part(x, -2, 0, k), -1, 0, k), ElementwiseFunction.Equal, 0), x.Rank - 1);
    }

    /// <summary>Matrices with vectors on the diagonal, and zeros elsewhere.</summary>
    public static Tensor DiagonalMatrix(Tensor vectors) =>
        Masked(BroadcastTo(AsColumn(vectors), new Shape([.. vectors.Shape.Dims, vectors.Shape.Dims[^1]])), ElementwiseFunction.Equal, 0);

    /// <summary>Unit matrices in a stack's shape; the matrices may have any shape.</summary>
    public static Tensor Identity(Tensor like, int size)
    {
        Tensor ones = Masked(Filled(new TensorSpec(new Shape([size, size]), like.DType), 1), ElementwiseFunction.Equal, 0);
        return BroadcastTo(ones, new Shape([.. like.Shape.Dims[..^2], size, size]));
    }

    /// <summary>Vectors as columns.</summary>
    public static Tensor AsColumn(Tensor vectors) => Reshape(vectors, new Shape([.. vectors.Shape.Dims, 1]));

    /// <summary>Vectors as rows.</summary>
    public static Tensor AsRow(Tensor vectors) => Reshape(vectors, new Shape([.. vectors.Shape.Dims[..^1], 1, vectors.Shape.Dims[^1]]));

    /// <summary>The elements from one position up to another along an axis.</summary>
    public static Tensor Part(Tensor x, int axis, int start, int stop)
    {
        int at = x.Shape.Axis(axis);
        if (start == 0 && stop == x.Shape.Dims[at]) return x;
        int[] starts = new int[x.Rank], stops = x.Shape.Dims.ToArray(), steps = new int[x.Rank];
        Array.Fill(steps, 1);
        (starts[at], stops[at]) = (start, stop);
        return new Slice(new IntList(starts), new IntList(stops), new IntList(steps)).Apply(x);
    }

    /// <summary>Where elements of a matrix are in relation to its diagonal.</summary>
    public static Tensor Mask(int rows, int columns, ElementwiseFunction relation, int diagonal)
    {
        IntList dims = [Math.Max(0, rows), Math.Max(0, columns)];
        Tensor row = new Iota(DType.Int32, dims, 0).Apply(), column = new Iota(DType.Int32, dims, 1).Apply();
        return Binary(relation, row + diagonal, column);
    }

    private static Tensor Masked(Tensor x, ElementwiseFunction relation, int diagonal)
    {
        int rows = x.Shape.Dims[^2], columns = x.Shape.Dims[^1];
        // Where sizes are not known, only shapes are asked for.
        return rows == Shape.Unknown || columns == Shape.Unknown ? x : Where(Mask(rows, columns, relation, diagonal), x, ScalarLike(x, 0));
    }
}
