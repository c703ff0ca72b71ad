namespace NKeras.Hdf5.Reading;

/// <summary>What leads to a dataset's chunks.</summary>
internal abstract record ChunkIndex
{
    /// <summary>Whether chunks at the dataset's edge are kept as they are, whatever the filters are.</summary>
    public bool KeepsPartialChunks { get; init; }

    /// <summary>Adds the chunks that are in the file.</summary>
    public abstract void Read(FileReader file, ChunkGrid grid, Dataspace space, bool filtered, ChunkList chunks);

    /// <summary>Reads an entry of an index: where a chunk is, and if there are filters how long it is and which were left out.</summary>
    /// <param name="fields">The entry.</param>
    /// <param name="size">The bytes that the entry takes.</param>
    /// <param name="grid">How the dataset is divided.</param>
    /// <param name="addressSize">The bytes of an address.</param>
    /// <param name="filtered">Whether there are filters.</param>
    protected static Chunk ReadEntry(ref Fields fields, int size, ChunkGrid grid, int addressSize, bool filtered)
    {
        long address = fields.Address();
        if (!filtered)
            return new Chunk(0, address, grid.ChunkBytes, 0);
        int sizeOfSize = size - addressSize - 4;
        if (sizeOfSize is <= 0 or > 8)
            throw new BadContent("its index of chunks has entries of a wrong size; the file is damaged.");
        long stored = fields.Count(sizeOfSize);
        return new Chunk(0, address, stored, fields.UInt32());
    }

    /// <summary>Adds the chunk of an array's entry, if there is one and it lies within the dataset.</summary>
    protected static void AddEntry(FileReader file, ReadOnlySpan<byte> entry, ChunkGrid grid, bool filtered, long index, ChunkList chunks)
    {
        Fields fields = new(entry, file.Sizes, "index of chunks");
        Chunk chunk = ReadEntry(ref fields, entry.Length, grid, file.Sizes.Address, filtered);
        if (chunk.Address != Fields.Undefined && index >= 0)
            chunks.Add(chunk with { Index = index });
    }

    /// <summary>An array says whether its entries are those of filtered chunks.</summary>
    protected static void RequireClient(ref Fields fields, bool filtered)
    {
        if (fields.Byte() != (filtered ? 1 : 0))
            throw new BadContent("its index of chunks disagrees with it on whether there are filters; the file is damaged.");
    }
}
