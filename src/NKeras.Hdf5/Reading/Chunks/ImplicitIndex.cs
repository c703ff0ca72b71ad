namespace NKeras.Hdf5.Reading;

/// <summary>Chunks that follow one another without an index.</summary>
internal sealed record ImplicitIndex(long Address) : ChunkIndex
{
    public override void Read(FileReader file, ChunkGrid grid, Dataspace space, bool filtered, ChunkList chunks)
    {
        if (Address == Fields.Undefined)
            return;
        file.Bytes.Check(Address, checked(grid.Count * grid.ChunkBytes));
        ChunkOrder order = new(grid, space, unlimitedFirst: false);
        for (long i = 0; i < grid.Count; i++)
            chunks.Add(new Chunk(i, checked(Address + (order.PlaceOf(i) * grid.ChunkBytes)), grid.ChunkBytes, 0));
    }
}
