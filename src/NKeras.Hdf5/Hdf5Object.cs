using NKeras.Hdf5.Reading;

namespace NKeras.Hdf5;

/// <summary>A group or a dataset of a file.</summary>
public abstract class Hdf5Object
{
    private protected Hdf5Object(FileReader file, ObjectHeader header, string path)
    {
        File = file;
        Header = header;
        Path = path;
    }

    /// <summary>Where it is: <c>/</c>, or names from there with <c>/</c> before each.</summary>
    public string Path { get; }

    /// <summary>Its attributes by name.</summary>
    /// <exception cref="Hdf5Exception">They cannot be read.</exception>
    public IReadOnlyDictionary<string, Hdf5Attribute> Attributes =>
        field ??= Guard.At(Path, () => AttributeTable.Read(File, Header, Path));

    private protected FileReader File { get; }

    private protected ObjectHeader Header { get; }
}
