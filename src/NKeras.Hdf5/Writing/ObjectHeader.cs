namespace NKeras.Hdf5.Writing;

/// <summary>An object's header of version 1 (specification, IV.A.1.a): what it is and its attributes, in one block. Objects' times are not kept.</summary>
internal abstract class ObjectHeader(AttributeList attributes) : Block
{
    private const int PrefixSize = 16;
    private const int MessagePrefixSize = 8;
    private const int AttributeMessage = 0x0C;

    private readonly List<(AttributeContent Content, TextReference[]? Texts)> _attributes = [];

    public override long Size => PrefixSize + MessagesSize;

    /// <summary>How many messages there are beside the attributes.</summary>
    protected abstract int OwnMessages { get; }

    /// <summary>The size of the messages' bodies beside the attributes.</summary>
    protected abstract long OwnSize { get; }

    private long MessagesSize => (MessagePrefixSize * (OwnMessages + (long)_attributes.Count)) + OwnSize + _attributes.Sum(attribute => (long)attribute.Content.MessageSize);

    /// <summary>Gives the attributes' texts their places.</summary>
    public void PlaceTexts(TextHeap heap)
    {
        foreach (AttributeContent attribute in attributes.All)
            _attributes.Add((attribute, attribute.Texts is { } texts ? [.. texts.Select(heap.Add)] : null));
    }

    public override void Write(ByteWriter writer)
    {
        writer.U8(1);
        writer.U8(0);
        writer.U16(OwnMessages + _attributes.Count);
        writer.U32(1); // How many links lead here.
        writer.U32(MessagesSize);
        writer.U32(0);
        WriteOwnMessages(writer);
        foreach ((AttributeContent attribute, TextReference[]? texts) in _attributes)
            WriteAttribute(writer, attribute, texts);
    }

    /// <summary>An entry of the parent's symbol table that leads here (specification, III.C).</summary>
    public void WriteEntry(ByteWriter writer, long nameOffset)
    {
        writer.U64(nameOffset);
        writer.U64(Address);
        WriteEntryCache(writer);
    }

    /// <summary>The rest of such an entry: 24 bytes.</summary>
    protected virtual void WriteEntryCache(ByteWriter writer) => writer.Zeros(24);

    protected abstract void WriteOwnMessages(ByteWriter writer);

    protected static void WriteMessagePrefix(ByteWriter writer, int type, long size, bool isConstant = false)
    {
        writer.U16(type);
        writer.U16((int)ByteWriter.Padded(size));
        writer.U32(isConstant ? 1 : 0);
    }

    private static void WriteAttribute(ByteWriter writer, AttributeContent attribute, TextReference[]? texts)
    {
        WriteMessagePrefix(writer, AttributeMessage, attribute.MessageSize);
        writer.U16(1); // The version, which pads every part. As in h5py's files, a name is UTF-8 without saying so.
        writer.U16(attribute.Name.Length + 1);
        writer.U16(attribute.TypeMessage.Length);
        writer.U16(attribute.SpaceMessage.Length);
        writer.Name(attribute.Name);
        writer.PaddedBytes(attribute.TypeMessage);
        writer.PaddedBytes(attribute.SpaceMessage);
        writer.PaddedBytes(attribute.Value);
        foreach (TextReference text in texts ?? [])
        {
            writer.U32(text.Length);
            writer.U64(text.Collection.Address);
            writer.U32(text.Index);
        }
    }
}
