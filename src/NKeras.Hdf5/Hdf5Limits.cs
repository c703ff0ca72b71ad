namespace NKeras.Hdf5;

/// <summary>What reading a file may take, whatever the file says. Datasets are read into the caller's memory, so their size is the caller's to bound.</summary>
public sealed record Hdf5Limits
{
    /// <summary>The limits used if none are given.</summary>
    public static Hdf5Limits Default { get; } = new();

    /// <summary>How deep groups may be nested.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>How many groups, datasets and attributes may be visited in all.</summary>
    public int MaxObjects { get; init; } = 1_000_000;

    /// <summary>How many bytes names, attributes and texts may take in all.</summary>
    public long MaxMetadataBytes { get; init; } = 256L << 20;

    /// <summary>How many bytes one chunk of a dataset may take.</summary>
    public long MaxChunkBytes { get; init; } = 256L << 20;
}
