namespace NKeras.Hdf5.Reading;

/// <summary>The chunks of a dataset that are in the file, counted against the limits: an entry takes more memory than it takes of the file.</summary>
internal sealed class ChunkList(ReadBudget budget)
{
    public List<Chunk> Chunks { get; } = [];

    public void Add(Chunk chunk)
    {
        budget.TakeMetadata(ReadBudget.ItemBytes);
        Chunks.Add(chunk);
    }
}
