using System.Numerics;
using System.Runtime.InteropServices;
using NKeras.Core;
using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Takes rows out of a sparse, ragged or complex tensor.</summary>
/// <remarks>
/// Batches differ in how many values they have, and a program is compiled for a fixed number. So there is room for a power of
/// two, and few programs are needed; places that are left are outside the batch, where nothing counts.
/// </remarks>
internal abstract class CompositeRows
{
    private const int LeastCapacity = 16;

    private readonly Dictionary<(int Rows, int Capacity), ConcreteTensor[]> _buffers = [];

    /// <summary>Rows of a tensor with data.</summary>
    public static CompositeRows Of(CompositeTensor tensor) => tensor switch
    {
        SparseTensor sparse => new SparseRows(sparse),
        ComplexTensor complex => new ComplexRows(complex),
        _ => new RaggedRows((RaggedTensor)tensor),
    };

    /// <summary>What is known of a batch of rows.</summary>
    public CompositeSpec Spec(ReadOnlySpan<int> rows) => Spec(rows.Length, Capacity(rows));

    /// <summary>Copies rows. The tensors are overwritten by the next call for as many rows and values.</summary>
    public ConcreteTensor[] Fill(ReadOnlySpan<int> rows)
    {
        (int, int) size = (rows.Length, Capacity(rows));
        if (!_buffers.TryGetValue(size, out ConcreteTensor[]? buffers)) _buffers[size] = buffers = Array.ConvertAll(Spec(size.Item1, size.Item2).Parts, ConcreteTensor.Allocate);
        Copy(rows, buffers);
        return buffers;
    }

    /// <summary>Where the values of each row start.</summary>
    protected abstract int[] Starts { get; }

    /// <summary>What is known of a batch.</summary>
    protected abstract CompositeSpec Spec(int rows, int capacity);

    /// <summary>Copies rows into the parts of a batch, and fills up what is left.</summary>
    protected abstract void Copy(ReadOnlySpan<int> rows, ConcreteTensor[] parts);

    /// <summary>Copies the values of rows, one row after the other, and fills up with zeros or empty texts.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="from">The values of all rows.</param>
    /// <param name="to">Gets them.</param>
    /// <param name="size">How many elements a value has.</param>
    protected void CopyValues(ReadOnlySpan<int> rows, Tensor from, ConcreteTensor to, int size)
    {
        int next = 0;
        foreach (int row in rows)
        {
            int count = (Starts[row + 1] - Starts[row]) * size;
            ((ConcreteTensor)from).CopyElements(Starts[row] * size, to, next, count);
            next += count;
        }

        if (to.Data is TextStorage texts) texts.Texts.AsSpan(next).Fill("");
        else ((HostStorage)to.Data).Bytes[(next * to.DType.Size)..].Clear();
    }

    /// <summary>The integers of a part.</summary>
    protected static Span<int> Integers(ConcreteTensor part) => MemoryMarshal.Cast<byte, int>(((HostStorage)part.Data).Bytes);

    private int Capacity(ReadOnlySpan<int> rows)
    {
        int count = 0;
        foreach (int row in rows) count += Starts[row + 1] - Starts[row];
        return Math.Max(LeastCapacity, checked((int)BitOperations.RoundUpToPowerOf2((uint)count)));
    }
}
