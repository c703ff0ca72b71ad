namespace NKeras.Hdf5.Writing;

/// <summary>A dataset to be written.</summary>
internal sealed class DatasetContent
{
    public DatasetContent(string path, Hdf5Type type, ReadOnlySpan<long> shape, Action<Stream> write)
    {
        Path = path;
        TypeMessage = Encodings.Type(type, $"Dataset \"{path}\"");
        SpaceMessage = Encodings.Space(shape, $"Dataset \"{path}\"");
        Bytes = Encodings.Bytes(type, shape, $"Dataset \"{path}\"");
        Write = write;
        Attributes = new AttributeList(path);
    }

    public string Path { get; }

    public byte[] TypeMessage { get; }

    public byte[] SpaceMessage { get; }

    /// <summary>The size of its elements.</summary>
    public long Bytes { get; }

    public Action<Stream> Write { get; }

    public AttributeList Attributes { get; }
}
