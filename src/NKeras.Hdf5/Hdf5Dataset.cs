using NKeras.Hdf5.Reading;

namespace NKeras.Hdf5;

/// <summary>An array of a file.</summary>
public sealed class Hdf5Dataset : Hdf5Object
{
    private readonly Datatype _type;
    private readonly Dataspace _space;
    private readonly DatasetReader _reader;

    internal Hdf5Dataset(FileReader file, ObjectHeader header, string path)
        : base(file, header, path)
    {
        _type = DatatypeParser.Read(file.Content(header.Require(MessageType.Datatype, "datatype")).Span, file.Sizes);
        _space = Dataspace.Read(file.Content(header.Require(MessageType.Dataspace, "dataspace")).Span, file.Sizes);
        _reader = new DatasetReader(file, header, _space, _type);
    }

    /// <summary>The elements' type.</summary>
    public Hdf5Type Type => _type.Type;

    /// <summary>The dimensions; empty for a single element, null for a dataset without any.</summary>
    public IReadOnlyList<long>? Shape => _space.Dimensions;

    /// <summary>How many elements it has.</summary>
    public long Count => _space.Count;

    /// <summary>How many bytes of the file its elements take.</summary>
    /// <exception cref="Hdf5Exception">What says where they are cannot be read.</exception>
    public long StoredBytes => Guard.At(Path, _reader.StoredBytes);

    /// <summary>Reads all elements, in row-major order, little-endian whatever the file's order is.</summary>
    /// <param name="destination">Gets them; <see cref="Count"/> times the type's size long.</param>
    /// <exception cref="Hdf5Exception">They cannot be read.</exception>
    /// <exception cref="ArgumentException">The destination has another length, or the elements are texts.</exception>
    public void Read(Span<byte> destination)
    {
        if (Type.Class == Hdf5TypeClass.String)
            throw new ArgumentException($"The dataset '{Path}' is text; use {nameof(ReadTexts)}.", nameof(destination));
        try
        {
            _type.RequireReadable();
            if (destination.Length != checked(Count * _type.StoredSize))
                throw new ArgumentException($"The dataset '{Path}' has {Count:N0} elements of {_type.StoredSize} bytes; the destination has {destination.Length:N0} bytes.", nameof(destination));
            _reader.Read(destination);
            _type.ToLittleEndian(destination);
        }
        catch (Exception e) when (Guard.IsContent(e))
        {
            throw Guard.At(Path, e);
        }
    }

    /// <summary>Reads all elements as texts, in row-major order.</summary>
    /// <exception cref="Hdf5Exception">They cannot be read, or take more than the limits allow.</exception>
    /// <exception cref="InvalidOperationException">They are no texts.</exception>
    public string[] ReadTexts() => Type.Class != Hdf5TypeClass.String
        ? throw new InvalidOperationException($"The dataset '{Path}' is no text but {_type.Name}; use {nameof(Read)}.")
        : Guard.At(Path, () =>
        {
            long size = checked(Count * _type.StoredSize);
            File.Budget.TakeMetadata(size);
            byte[] elements = new byte[checked((int)size)];
            _reader.Read(elements);
            return _type.Texts(elements, Count, File);
        });
}
