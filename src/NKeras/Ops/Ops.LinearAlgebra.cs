using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>
    /// The matrix product over the last two axes, with leading dimensions broadcast (<c>keras.ops.matmul</c>). A vector on
    /// the left is a row, on the right a column, and its axis disappears.
    /// </summary>
    /// <exception cref="ArgumentException">The inner dimensions differ, or an operand is a scalar.</exception>
    public static Tensor Matmul(Tensor x1, Tensor x2) => OpDispatch.Call("Matmul", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        // Sums of the smallest integers do not fit them.
        if (a.DType == DType.Int8) (a, b) = t[0].DType == DType.Int8 && t[1].DType == DType.Int8 ? (PrimitiveOps.Convert(a, DType.Int32), PrimitiveOps.Convert(b, DType.Int32)) : (a, b);
        return MatmulOf(a, b);
    });

    private static Tensor MatmulOf(Tensor a, Tensor b)
    {
        if (a.Rank == 0 || b.Rank == 0) throw new ArgumentException($"Matmul takes vectors, matrices or stacks of them, not shapes {a.Shape} and {b.Shape}.");
        CheckInner("Matmul", a, b, a.Shape.Dims[^1], b.Shape.Dims[b.Rank == 1 ? 0 : b.Rank - 2]);
        bool row = a.Rank == 1, column = b.Rank == 1;
        if (row) a = PrimitiveOps.Reshape(a, new Shape([1, a.Shape.Dims[0]]));
        if (column) b = PrimitiveOps.Reshape(b, new Shape([b.Shape.Dims[0], 1]));
        Tensor product = Product(a, b);
        List<int> dims = [.. product.Shape.Dims];
        if (column) dims.RemoveAt(dims.Count - 1);
        if (row) dims.RemoveAt(dims.Count - (column ? 1 : 2));
        return PrimitiveOps.Reshape(product, new Shape([.. dims]));
    }

    private static void CheckInner(string name, Tensor a, Tensor b, int inner, int innerB)
    {
        if (inner != innerB && inner != Shape.Unknown && innerB != Shape.Unknown)
            throw new ArgumentException($"{name}: the inner dimensions of shapes {a.Shape} and {b.Shape} differ: {inner} and {innerB}.");
    }

    private static Tensor Product(Tensor a, Tensor b)
    {
        if (b.Rank == 2 && a.Rank > 2)
        {
            // One large product instead of a stack of small ones.
            ReadOnlySpan<int> dims = a.Shape.Dims;
            int rows = Contraction.Size(a, Enumerable.Range(0, a.Rank - 1));
            Tensor flat = PrimitiveOps.Reshape(a, new Shape([rows, dims[^1]]));
            return PrimitiveOps.Reshape(PrimitiveOps.MatMul(flat, b), new Shape([.. dims[..^1], b.Shape.Dims[1]]));
        }

        Shape batch = BatchOf("Matmul", a, b);
        return PrimitiveOps.MatMul(Stacked(a, batch), Stacked(b, batch));
    }

    /// <summary>The leading dimensions of two stacks of matrices, broadcast.</summary>
    private static Shape BatchOf(string name, Tensor a, Tensor b) =>
        Broadcasting.Result(name, [a.Spec with { Shape = new Shape(a.Shape.Dims[..^2]) }, b.Spec with { Shape = new Shape(b.Shape.Dims[..^2]) }]);

    /// <summary>A stack of matrices with given leading dimensions.</summary>
    private static Tensor Stacked(Tensor x, Shape batch) => PrimitiveOps.BroadcastTo(x, new Shape([.. batch.Dims, .. x.Shape.Dims[^2..]]));
}
