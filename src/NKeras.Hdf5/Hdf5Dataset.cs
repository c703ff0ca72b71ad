namespace NKeras.Hdf5;

/// <summary>An array of a file.</summary>
public sealed class Hdf5Dataset : Hdf5Object
{
    internal Hdf5Dataset(string path)
        : base(path)
    {
    }

    /// <summary>The elements' type.</summary>
    public Hdf5Type Type => throw new NotSupportedException();

    /// <summary>The dimensions; empty for a single element, null for a dataset without any.</summary>
    public IReadOnlyList<long>? Shape => throw new NotSupportedException();

    /// <summary>How many elements it has.</summary>
    /// <exception cref="Hdf5Exception">The number does not fit.</exception>
    public long Count => throw new NotSupportedException();

    /// <summary>How many bytes of the file its elements take.</summary>
    public long StoredBytes => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Hdf5Attribute> Attributes => throw new NotSupportedException();

    /// <summary>Reads all elements, in row-major order, little-endian whatever the file's order is.</summary>
    /// <param name="destination">Gets them; <see cref="Count"/> times the type's size long.</param>
    /// <exception cref="Hdf5Exception">They cannot be read.</exception>
    /// <exception cref="ArgumentException">The destination has another length, or the elements are texts.</exception>
    public void Read(Span<byte> destination) => throw new NotSupportedException();

    /// <summary>Reads all elements as texts, in row-major order.</summary>
    /// <exception cref="Hdf5Exception">They cannot be read, or take more than the limits allow.</exception>
    /// <exception cref="InvalidOperationException">They are no texts.</exception>
    public string[] ReadTexts() => throw new NotSupportedException();
}
