namespace NKeras.Hdf5.Reading;

/// <summary>Chunks of a dataset that has no end along several axes, by a new B-tree.</summary>
internal sealed record BTreeV2Index(long Address) : ChunkIndex
{
    private const byte PlainKind = 10;
    private const byte FilteredKind = 11;

    public override void Read(FileReader file, ChunkGrid grid, Dataspace space, bool filtered, ChunkList chunks)
    {
        if (Address == Fields.Undefined)
            return;
        BTreeV2.Walk(file, Address, filtered ? FilteredKind : PlainKind, record =>
        {
            Fields fields = new(record, file.Sizes, "chunk's record");
            Chunk chunk = ReadEntry(ref fields, record.Length - (8 * grid.Rank), grid, file.Sizes.Address, filtered);
            Span<long> coordinates = stackalloc long[grid.Rank];
            for (int i = 0; i < grid.Rank; i++)
                coordinates[i] = fields.Count(8);
            if (grid.IndexOf(coordinates) is var index and >= 0)
                chunks.Add(chunk with { Index = index });
        });
    }
}
