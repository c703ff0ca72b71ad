using NKeras.Core;
using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Takes rows out of a ragged tensor.</summary>
internal sealed class RaggedRows(RaggedTensor tensor) : CompositeRows
{
    protected override int[] Starts { get; } = tensor.RowSplits.ToArray<int>();

    // The length of the longest of all rows: the same for all batches.
    protected override CompositeSpec Spec(int rows, int capacity) => new RaggedSpec(tensor.Shape.With(0, rows), tensor.DType, capacity, tensor.MaxLength);

    protected override void Copy(ReadOnlySpan<int> rows, ConcreteTensor[] parts)
    {
        int size = 1;
        foreach (int d in tensor.Values.Shape.Dims[1..]) size *= d;
        CopyValues(rows, tensor.Values, parts[0], size);
        Span<int> splits = Integers(parts[1]), ids = Integers(parts[2]);
        splits[0] = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            splits[i + 1] = splits[i] + Starts[rows[i] + 1] - Starts[rows[i]];
            ids[splits[i]..splits[i + 1]].Fill(i);
        }

        ids[splits[rows.Length]..].Fill(rows.Length); // Outside the batch.
    }
}
