namespace NKeras.Hdf5;

/// <summary>A small value that a group or dataset carries.</summary>
public sealed class Hdf5Attribute
{
    /// <summary>The name.</summary>
    public string Name => throw new NotSupportedException();

    /// <summary>The elements' type.</summary>
    public Hdf5Type Type => throw new NotSupportedException();

    /// <summary>The dimensions; empty for a single element, null for an attribute without any.</summary>
    public IReadOnlyList<long>? Shape => throw new NotSupportedException();

    /// <summary>The elements, in row-major order, little-endian.</summary>
    /// <exception cref="Hdf5Exception">They cannot be read.</exception>
    /// <exception cref="InvalidOperationException">They are texts.</exception>
    public byte[] ReadBytes() => throw new NotSupportedException();

    /// <summary>The elements as texts. Bytes that are not UTF-8 are taken as Latin-1.</summary>
    /// <exception cref="Hdf5Exception">They cannot be read.</exception>
    /// <exception cref="InvalidOperationException">They are no texts.</exception>
    public string[] ReadTexts() => throw new NotSupportedException();
}
