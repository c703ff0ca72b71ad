namespace NKeras.Hdf5.Reading;

/// <summary>Counts what reading a file has taken against the limits.</summary>
internal sealed class ReadBudget(Hdf5Limits limits, long fileLength)
{
    /// <summary>What a small thing in a list takes in memory beside its bytes in the file: they are counted too.</summary>
    public const int ItemBytes = 48;

    private const int MaxReadsOfFile = 16;

    private long _objects;
    private long _metadataBytes;
    private long _blockBytes;

    public Hdf5Limits Limits => limits;

    /// <summary>Counts one more group, dataset, link or attribute.</summary>
    public void TakeObject()
    {
        if (++_objects > limits.MaxObjects)
            throw new BadContent($"the file has more than {limits.MaxObjects:N0} groups, datasets and attributes, the limit ({nameof(Hdf5Limits)}.{nameof(Hdf5Limits.MaxObjects)}).");
    }

    /// <summary>Counts bytes of names, attributes or texts, before they are allocated.</summary>
    public void TakeMetadata(long bytes)
    {
        if (bytes > limits.MaxMetadataBytes - _metadataBytes)
            throw TooMuch();
        _metadataBytes += bytes;
    }

    /// <summary>
    /// Counts a structure, before it is allocated. A sound file's are read about once each; many objects that lead to the same ones
    /// would make reading take longer and longer.
    /// </summary>
    public void TakeBlock(long bytes)
    {
        if (bytes > limits.MaxMetadataBytes)
            throw TooMuch();
        _blockBytes += bytes;
        if (_blockBytes / MaxReadsOfFile > fileLength + limits.MaxMetadataBytes)
            throw new BadContent("the same structures belong to many objects; the file is damaged.");
    }

    private BadContent TooMuch() =>
        new($"names, attributes and texts of the file take more than {limits.MaxMetadataBytes:N0} bytes, the limit ({nameof(Hdf5Limits)}.{nameof(Hdf5Limits.MaxMetadataBytes)}).");
}
