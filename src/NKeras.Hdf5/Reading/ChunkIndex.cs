namespace NKeras.Hdf5.Reading;

/// <summary>What leads to a dataset's chunks.</summary>
internal abstract record ChunkIndex
{
    /// <summary>Whether chunks at the dataset's edge are kept as they are, whatever the filters are.</summary>
    public bool KeepsPartialChunks { get; init; }

    /// <summary>Adds the chunks that are in the file.</summary>
    public abstract void Read(FileReader file, ChunkGrid grid, Dataspace space, bool filtered, List<Chunk> chunks);
}
