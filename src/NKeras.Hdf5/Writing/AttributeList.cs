namespace NKeras.Hdf5.Writing;

/// <summary>An attribute to be written: either bytes, or texts that go to a global heap.</summary>
internal sealed record AttributeContent(byte[] Name, byte[] TypeMessage, byte[] SpaceMessage, byte[] Value, byte[][]? Texts)
{
    /// <summary>The size of its message (version 1: every part is padded), without the message's own header.</summary>
    public int MessageSize => checked((int)(8L + ByteWriter.Padded(Name.Length + 1) + ByteWriter.Padded(TypeMessage.Length)
        + ByteWriter.Padded(SpaceMessage.Length) + ByteWriter.Padded(ValueSize)));

    private long ValueSize => Texts is null ? Value.Length : (long)Encodings.TextReferenceSize * Texts.Length;
}

/// <summary>The attributes of a group or dataset to be written, in the order in which they were first set.</summary>
/// <param name="path">Where the object is, for messages.</param>
internal sealed class AttributeList(string path)
{
    // A message's size has 16 bits, and is a multiple of 8.
    private const int MaxMessageSize = 65528;

    // An object header counts its messages with 16 bits; a dataset has 4 others.
    private const int MaxAttributes = ushort.MaxValue - 4;

    private readonly OrderedDictionary<string, AttributeContent> _attributes = new(StringComparer.Ordinal);

    public IReadOnlyCollection<AttributeContent> All => _attributes.Values;

    public void Set(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        string what = What(name);
        Set(name, new AttributeContent(Name(name), Encodings.Text, Encodings.Space([], what), [], [Texts.Utf8(value, what)]));
    }

    public void Set(string name, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            Set(name, Hdf5Type.Float64, [0], []);
            return;
        }

        string what = What(name);
        byte[][] texts = [.. values.Select(value => Texts.Utf8(value ?? throw new ArgumentException($"{what} has a text that is null."), what))];
        Set(name, new AttributeContent(Name(name), Encodings.Text, Encodings.Space([texts.Length], what), [], texts));
    }

    public void Set(string name, Hdf5Type type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(type);
        string what = What(name);
        byte[] typeMessage = Encodings.Type(type, what);
        byte[] spaceMessage = Encodings.Space(shape, what);
        long bytes = Encodings.Bytes(type, shape, what);
        if (value.Length != bytes)
            throw new ArgumentException($"{what} of shape ({string.Join(", ", shape.ToArray())}) takes {bytes} bytes, but the value has {value.Length}.", nameof(value));
        Set(name, new AttributeContent(Name(name), typeMessage, spaceMessage, value.ToArray(), Texts: null));
    }

    private void Set(string name, AttributeContent attribute)
    {
        if (attribute.MessageSize > MaxMessageSize)
        {
            throw new ArgumentException(
                $"{What(name)} would take {attribute.MessageSize} bytes in its object's header, where HDF5 allows {MaxMessageSize}; split it into several.");
        }

        if (_attributes.Count == MaxAttributes && !_attributes.ContainsKey(name))
            throw new ArgumentException($"\"{path}\" has {MaxAttributes} attributes already, which are as many as HDF5 allows; \"{name}\" is one more.");
        _attributes[name] = attribute;
    }

    private string What(string name) => $"Attribute \"{name}\" of \"{path}\"";

    private static byte[] Name(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Texts.Utf8(name, "The name of an attribute");
    }
}
