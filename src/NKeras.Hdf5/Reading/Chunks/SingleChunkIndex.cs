namespace NKeras.Hdf5.Reading;

/// <summary>The only chunk of a dataset.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Size">How long it is; null if there are no filters.</param>
/// <param name="Mask">The filters that were left out.</param>
internal sealed record SingleChunkIndex(long Address, long? Size, uint Mask) : ChunkIndex
{
    public override void Read(FileReader file, ChunkGrid grid, Dataspace space, bool filtered, ChunkList chunks)
    {
        if (Address != Fields.Undefined)
            chunks.Add(new Chunk(0, Address, Size ?? grid.ChunkBytes, Mask));
    }
}
