namespace NKeras.Hdf5.Reading;

/// <summary>How a dataset is divided into chunks of one shape.</summary>
internal sealed class ChunkGrid
{
    private readonly long[] _counts;

    public ChunkGrid(long[] dimensions, long[] chunk, int elementSize, long maxChunkBytes)
    {
        if (chunk.Length != dimensions.Length || dimensions.Length == 0)
            throw new BadContent($"its chunks have {chunk.Length} dimensions and it has {dimensions.Length}; the file is damaged.");
        Dimensions = dimensions;
        Chunk = chunk;
        ElementSize = elementSize;
        _counts = new long[chunk.Length];
        long bytes = elementSize;
        for (int i = 0; i < chunk.Length; i++)
        {
            if (chunk[i] <= 0)
                throw new BadContent("its chunks have a dimension of 0; the file is damaged.");
            bytes = checked(bytes * chunk[i]);
            _counts[i] = dimensions[i] == 0 ? 0 : ((dimensions[i] - 1) / chunk[i]) + 1;
        }

        if (bytes > Math.Min(maxChunkBytes, Array.MaxLength))
            throw new BadContent($"its chunks take {bytes:N0} bytes each, more than {Math.Min(maxChunkBytes, Array.MaxLength):N0}, the limit ({nameof(Hdf5Limits)}.{nameof(Hdf5Limits.MaxChunkBytes)}).");
        ChunkBytes = (int)bytes;
        Count = _counts.Contains(0) ? 0 : 1;
        foreach (long count in _counts)
            Count = checked(Count * count);
    }

    public long[] Dimensions { get; }

    public long[] Chunk { get; }

    public int Rank => Chunk.Length;

    public int ElementSize { get; }

    /// <summary>The bytes of a chunk's elements, those beyond the dataset's edge included.</summary>
    public int ChunkBytes { get; }

    /// <summary>How many chunks there are.</summary>
    public long Count { get; }

    /// <summary>Which chunk has given coordinates, in chunks; -1 if it lies beyond the dataset, as it does after a dataset was made smaller.</summary>
    public long IndexOf(ReadOnlySpan<long> coordinates)
    {
        long index = 0;
        for (int i = 0; i < coordinates.Length; i++)
        {
            if (coordinates[i] < 0 || coordinates[i] >= _counts[i])
                return -1;
            index = (index * _counts[i]) + coordinates[i];
        }

        return index;
    }

    /// <summary>Whether a chunk reaches beyond the dataset's edge.</summary>
    public bool IsPartial(long index)
    {
        Span<long> first = stackalloc long[Rank];
        FirstElement(index, first);
        for (int i = 0; i < Rank; i++)
        {
            if (Chunk[i] > Dimensions[i] - first[i])
                return true;
        }

        return false;
    }

    /// <summary>Copies what of a chunk lies within the dataset to its place there.</summary>
    public void Copy(long index, ReadOnlySpan<byte> chunk, Span<byte> dataset)
    {
        Span<long> first = stackalloc long[Rank];
        FirstElement(index, first);

        // From this axis on a chunk's elements follow one another in both.
        int axis = Rank - 1;
        while (axis > 0 && Chunk[axis] == Dimensions[axis])
            axis--;
        long run = ElementSize;
        for (int i = axis + 1; i < Rank; i++)
            run *= Chunk[i];
        long chunkStep = run * Chunk[axis];
        run *= Math.Min(Chunk[axis], Dimensions[axis] - first[axis]);

        Span<long> at = stackalloc long[axis];
        at.Clear();
        while (true)
        {
            long from = 0, to = 0;
            for (int i = 0; i < axis; i++)
            {
                from = (from * Chunk[i]) + at[i];
                to = (to * Dimensions[i]) + first[i] + at[i];
            }

            to = (to * Dimensions[axis]) + first[axis];
            for (int i = axis + 1; i < Rank; i++)
                to *= Dimensions[i];
            chunk.Slice((int)(from * chunkStep), (int)run).CopyTo(dataset.Slice((int)(to * ElementSize), (int)run));

            int moved = axis - 1;
            while (moved >= 0 && ++at[moved] >= Math.Min(Chunk[moved], Dimensions[moved] - first[moved]))
                at[moved--] = 0;
            if (moved < 0)
                return;
        }
    }

    /// <summary>A chunk's coordinates, in chunks.</summary>
    public void Coordinates(long index, Span<long> coordinates)
    {
        for (int i = Rank - 1; i >= 0; i--)
        {
            coordinates[i] = index % _counts[i];
            index /= _counts[i];
        }
    }

    private void FirstElement(long index, Span<long> first)
    {
        Coordinates(index, first);
        for (int i = 0; i < Rank; i++)
            first[i] *= Chunk[i];
    }
}
