using NKeras.Core;
using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Takes rows out of a sparse tensor, whose places are in order.</summary>
internal sealed class SparseRows(SparseTensor tensor) : CompositeRows
{
    protected override int[] Starts => tensor.RowStarts;

    protected override CompositeSpec Spec(int rows, int capacity) => new SparseSpec(tensor.Shape.With(0, rows), tensor.DType, capacity, true);

    protected override void Copy(ReadOnlySpan<int> rows, ConcreteTensor[] parts)
    {
        Span<int> first = Integers(parts[0]);
        int next = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int count = Starts[rows[i] + 1] - Starts[rows[i]];
            first.Slice(next, count).Fill(i);
            next += count;
        }

        first[next..].Fill(rows.Length); // Outside the batch.
        for (int k = 1; k < parts.Length - 1; k++) CopyValues(rows, tensor.Coordinates[k], parts[k], 1);
        CopyValues(rows, tensor.Values, parts[^1], 1);
    }
}
