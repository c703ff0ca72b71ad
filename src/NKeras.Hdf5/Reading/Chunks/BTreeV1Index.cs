namespace NKeras.Hdf5.Reading;

/// <summary>Chunks by an old B-tree: a key is a chunk's size, filters left out, and its first element.</summary>
internal sealed record BTreeV1Index(long Address) : ChunkIndex
{
    public override void Read(FileReader file, ChunkGrid grid, Dataspace space, bool filtered, ChunkList chunks)
    {
        if (Address == Fields.Undefined)
            return;
        BTreeV1.Walk(file, Address, kind: 1, keySize: 8 + (8 * (grid.Rank + 1)), (key, child) =>
        {
            Fields fields = new(key, file.Sizes, "chunk's key");
            long size = fields.UInt32();
            uint mask = fields.UInt32();
            Span<long> coordinates = stackalloc long[grid.Rank];
            for (int i = 0; i < grid.Rank; i++)
            {
                long element = fields.Count(8);
                coordinates[i] = element % grid.Chunk[i] == 0 ? element / grid.Chunk[i]
                    : throw new BadContent("a chunk begins where no chunk can; the file is damaged.");
            }

            if (grid.IndexOf(coordinates) is var index and >= 0)
                chunks.Add(new Chunk(index, child, size, mask));
        });
    }
}
