namespace NKeras.Hdf5.Reading;

/// <summary>Reads a dataset's elements from where they are.</summary>
internal sealed class DatasetReader(FileReader file, ObjectHeader header, Dataspace space, Datatype type)
{
    private Layout? _layout;
    private Filters? _filters;
    private List<Chunk>? _chunks;
    private ChunkGrid? _grid;

    private Filters Filters => _filters ??= Filters.Read(file, header);

    private Layout Layout => _layout ??= LayoutParser.Read(file, header);

    /// <summary>The bytes of the file that the elements take.</summary>
    public long StoredBytes() => Layout switch
    {
        Layout.Compact compact => compact.Bytes.Length,
        Layout.Contiguous contiguous => contiguous.Address == Fields.Undefined ? 0 : checked(space.Count * type.StoredSize),
        Layout.Chunked chunked => space.Count == 0 ? 0 : Chunks(chunked).Sum(chunk => chunk.Size),
        _ => 0,
    };

    /// <summary>Reads all elements as they are in the file.</summary>
    public void Read(Span<byte> destination)
    {
        switch (Layout)
        {
            case Layout.Refused refused:
                throw new BadContent($"{refused.What}, which is refused.");
            case var _ when destination.IsEmpty:
                break;
            case Layout.Compact compact:
                if (compact.Bytes.Length < destination.Length)
                    throw new BadContent("its elements are cut off; the file is damaged.");
                compact.Bytes.Span[..destination.Length].CopyTo(destination);
                break;
            case Layout.Contiguous { Address: Fields.Undefined }:
                Fill(destination);
                break;
            case Layout.Contiguous contiguous:
                if (contiguous.Size < destination.Length)
                    throw new BadContent($"its elements take {destination.Length:N0} bytes, and the file has {contiguous.Size:N0}; it is damaged.");
                file.Bytes.Read(contiguous.Address, destination);
                break;
            case Layout.Chunked chunked:
                ReadChunks(chunked, destination);
                break;
        }
    }

    private void ReadChunks(Layout.Chunked layout, Span<byte> destination)
    {
        List<Chunk> chunks = Chunks(layout);
        if (chunks.Count < _grid!.Count)
            Fill(destination);
        foreach (Chunk chunk in chunks)
        {
            bool plain = Filters.IsEmpty || (layout.Index.KeepsPartialChunks && _grid.IsPartial(chunk.Index));
            if (plain && chunk.Size != _grid.ChunkBytes)
                throw new BadContent($"a chunk has {chunk.Size:N0} bytes where {_grid.ChunkBytes:N0} are expected; the file is damaged.");
            byte[] stored = new byte[chunk.Size];
            file.Bytes.Read(chunk.Address, stored);
            _grid.Copy(chunk.Index, plain ? stored : Filters.Undo(stored, _grid.ChunkBytes, chunk.Mask), destination);
        }
    }

    /// <summary>
    /// The chunks that are in the file, in the file's order. None comes twice and none lies in another: then reading them takes
    /// no longer than their bytes and the dataset's size allow, whatever the file says.
    /// </summary>
    private List<Chunk> Chunks(Layout.Chunked layout)
    {
        if (_chunks is not null)
            return _chunks;
        if (layout.ElementSize != type.StoredSize)
            throw new BadContent($"its chunks' elements take {layout.ElementSize} bytes, and its type {type.StoredSize}; the file is damaged.");
        _grid = new ChunkGrid(space.Dimensions ?? [], layout.Chunk, type.StoredSize, file.Budget.Limits.MaxChunkBytes);
        ChunkList found = new(file.Budget);
        layout.Index.Read(file, _grid, space, filtered: !Filters.IsEmpty, found);

        List<Chunk> chunks = found.Chunks;
        HashSet<long> indices = new(chunks.Count);
        chunks.Sort((a, b) => a.Address.CompareTo(b.Address));
        long end = 0;
        foreach (Chunk chunk in chunks)
        {
            if (chunk.Size > file.Budget.Limits.MaxChunkBytes)
                throw new BadContent($"a chunk takes {chunk.Size:N0} bytes of the file, more than {file.Budget.Limits.MaxChunkBytes:N0}, the limit ({nameof(Hdf5Limits)}.{nameof(Hdf5Limits.MaxChunkBytes)}).");
            file.Bytes.Check(chunk.Address, chunk.Size);
            if (chunk.Address < end || !indices.Add(chunk.Index))
                throw new BadContent("two of its chunks are in the same place; the file is damaged.");
            end = chunk.Address + chunk.Size;
        }

        return _chunks = chunks;
    }

    private void Fill(Span<byte> destination)
    {
        ReadOnlySpan<byte> value = FillValue.Read(file, header, type.StoredSize);
        if (!value.ContainsAnyExcept((byte)0))
        {
            destination.Clear();
            return;
        }

        value.CopyTo(destination);
        for (Span<byte> rest = destination[value.Length..]; !rest.IsEmpty;)
        {
            int copied = Math.Min(destination.Length - rest.Length, rest.Length);
            destination[..copied].CopyTo(rest);
            rest = rest[copied..];
        }
    }
}
