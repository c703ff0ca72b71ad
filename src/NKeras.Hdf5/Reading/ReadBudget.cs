namespace NKeras.Hdf5.Reading;

/// <summary>Counts what reading a file has taken against the limits.</summary>
internal sealed class ReadBudget(Hdf5Limits limits)
{
    private long _objects;
    private long _metadataBytes;

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

    /// <summary>Refuses a block that is larger than all of them may be.</summary>
    public void CheckBlock(long bytes)
    {
        if (bytes > limits.MaxMetadataBytes)
            throw TooMuch();
    }

    private BadContent TooMuch() =>
        new($"names, attributes and texts of the file take more than {limits.MaxMetadataBytes:N0} bytes, the limit ({nameof(Hdf5Limits)}.{nameof(Hdf5Limits.MaxMetadataBytes)}).");
}
