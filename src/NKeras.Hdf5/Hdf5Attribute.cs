using NKeras.Hdf5.Reading;

namespace NKeras.Hdf5;

/// <summary>A small value that a group or dataset carries.</summary>
public sealed class Hdf5Attribute
{
    private readonly FileReader _file;
    private readonly string _path;
    private readonly Datatype _type;
    private readonly Dataspace _space;
    private readonly ReadOnlyMemory<byte> _stored;

    internal Hdf5Attribute(FileReader file, string path, string name, Datatype type, Dataspace space, ReadOnlyMemory<byte> stored)
    {
        _file = file;
        _path = path;
        _type = type;
        _space = space;
        _stored = stored;
        Name = name;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The elements' type.</summary>
    public Hdf5Type Type => _type.Type;

    /// <summary>The dimensions; empty for a single element, null for an attribute without any.</summary>
    public IReadOnlyList<long>? Shape => _space.Dimensions;

    /// <summary>The elements, in row-major order, little-endian.</summary>
    /// <exception cref="Hdf5Exception">They cannot be read.</exception>
    /// <exception cref="InvalidOperationException">They are texts.</exception>
    public byte[] ReadBytes() => Type.Class == Hdf5TypeClass.String
        ? throw new InvalidOperationException($"The attribute '{_path}' is text; use {nameof(ReadTexts)}.")
        : Guard.At(_path, () =>
        {
            _type.RequireReadable();
            _file.Budget.TakeMetadata(_stored.Length);
            byte[] elements = _stored.ToArray();
            _type.ToLittleEndian(elements);
            return elements;
        });

    /// <summary>The elements as texts. Bytes that are not UTF-8 are taken as Latin-1. An attribute without elements has no texts, whatever its type is.</summary>
    /// <exception cref="Hdf5Exception">They cannot be read.</exception>
    /// <exception cref="InvalidOperationException">They are no texts.</exception>
    public string[] ReadTexts() => Type.Class != Hdf5TypeClass.String && _space.Count > 0
        ? throw new InvalidOperationException($"The attribute '{_path}' is no text but {_type.Name}; use {nameof(ReadBytes)}.")
        : Guard.At(_path, () => _type.Texts(_stored.Span, _space.Count, _file));
}
