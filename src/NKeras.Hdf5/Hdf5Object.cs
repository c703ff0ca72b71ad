namespace NKeras.Hdf5;

/// <summary>A group or a dataset of a file.</summary>
public abstract class Hdf5Object
{
    private protected Hdf5Object(string path) => Path = path;

    /// <summary>Where it is: <c>/</c>, or names from there with <c>/</c> before each.</summary>
    public string Path { get; }

    /// <summary>Its attributes by name.</summary>
    /// <exception cref="Hdf5Exception">They cannot be read.</exception>
    public abstract IReadOnlyDictionary<string, Hdf5Attribute> Attributes { get; }
}
