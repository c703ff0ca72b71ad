using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>Sums of products over some axes of two tensors, as one matrix product.</summary>
internal static class Contraction
{
    /// <summary>Multiplies and sums up; the result has the batch axes, then what is left of the first tensor, then of the second.</summary>
    /// <param name="a">The first tensor.</param>
    /// <param name="b">The second, of the same type.</param>
    /// <param name="summed">The pairs of axes that are summed over.</param>
    /// <param name="batch">The pairs of axes that are kept as one.</param>
    public static Tensor Apply(Tensor a, Tensor b, IReadOnlyList<(int A, int B)> summed, IReadOnlyList<(int A, int B)>? batch = null)
    {
        batch ??= [];
        int[] batchA = [.. batch.Select(p => p.A)], batchB = [.. batch.Select(p => p.B)], summedA = [.. summed.Select(p => p.A)], summedB = [.. summed.Select(p => p.B)];
        int[] freeA = [.. Enumerable.Range(0, a.Rank).Except(batchA).Except(summedA)], freeB = [.. Enumerable.Range(0, b.Rank).Except(batchB).Except(summedB)];
        int[] stack = [.. batch.Select(p => Math.Max(a.Shape.Dims[p.A], b.Shape.Dims[p.B]))];
        (Tensor left, bool transposeA) = Matrices(a, batchA, freeA, summedA);
        (Tensor right, bool transposeB) = Matrices(b, batchB, summedB, freeB);
        Tensor product = PrimitiveOps.MatMul(left, right, transposeA, transposeB);
        return PrimitiveOps.Reshape(product, new Shape([.. stack, .. freeA.Select(i => a.Shape.Dims[i]), .. freeB.Select(i => b.Shape.Dims[i])]));
    }

    /// <summary>The number of elements along axes; unknown if that of one is.</summary>
    public static int Size(Tensor x, IEnumerable<int> axes)
    {
        int size = 1;
        foreach (int axis in axes)
        {
            int dim = x.Shape.Dims[axis];
            if (dim == Shape.Unknown) return Shape.Unknown;
            size *= dim;
        }

        return size;
    }

    /// <summary>The tensor with its axes in an order.</summary>
    public static Tensor Ordered(Tensor x, ReadOnlySpan<int> order) => IsInOrder(order) ? x : PrimitiveOps.Transpose(x, order);

    /// <summary>A stack of matrices: groups of axes become one axis each. Where only rows and columns are exchanged, the product does that.</summary>
    private static (Tensor Matrices, bool Transposed) Matrices(Tensor x, int[] batch, int[] rows, int[] columns)
    {
        int[] transposedOrder = [.. batch, .. columns, .. rows];
        bool transposed = rows.Length > 0 && columns.Length > 0 && IsInOrder(transposedOrder);
        int m = Size(x, rows), n = Size(x, columns);
        Tensor ordered = transposed ? x : Ordered(x, [.. batch, .. rows, .. columns]);
        int[] dims = transposed ? [n, m] : [m, n];
        return (PrimitiveOps.Reshape(ordered, new Shape(batch.Length == 0 ? dims : [Size(x, batch), .. dims])), transposed);
    }

    private static bool IsInOrder(ReadOnlySpan<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            if (order[i] != i) return false;
        }

        return true;
    }
}
