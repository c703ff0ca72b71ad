namespace NKeras.Hdf5.Reading;

/// <summary>An open file: its bytes, the sizes of its fields, what reading it may take, and what has been read and may be needed again.</summary>
internal sealed class FileReader : IDisposable
{
    private const byte InHeap = 1;

    private readonly Dictionary<long, ObjectHeader> _headers = [];
    private readonly SharedMessages? _sharedMessages;

    public FileReader(FileBytes bytes, Hdf5Limits limits)
    {
        Bytes = bytes;
        Budget = new ReadBudget(limits, bytes.Length);
        Superblock = Superblock.Read(bytes);
        GlobalHeaps = new GlobalHeaps(this);
        if (Superblock.Extension == Fields.Undefined)
            return;
        ObjectHeader extension = Header(Superblock.Extension);
        if (extension.Has(MessageType.CacheImage) || extension.Has(MessageType.DriverInfo))
            throw new BadContent("the file keeps an image of a cache or is spread over several files, which is refused.");
        if (extension.Find(MessageType.SharedMessageTable) is { } table)
            _sharedMessages = SharedMessages.Read(this, table.Data.Span);
    }

    public FileBytes Bytes { get; }

    public Superblock Superblock { get; }

    public FieldSizes Sizes => Superblock.Sizes;

    public ReadBudget Budget { get; }

    public GlobalHeaps GlobalHeaps { get; }

    /// <summary>The header of the outermost group.</summary>
    public ObjectHeader Root()
    {
        ObjectHeader header = Header(Superblock.Root);
        return header.Kind == Hdf5MemberKind.Group ? header : throw new BadContent("what it begins with is no group; the file is damaged.");
    }

    /// <summary>The header of the object at an address.</summary>
    public ObjectHeader Header(long address)
    {
        if (!_headers.TryGetValue(address, out ObjectHeader? header))
            _headers.Add(address, header = HeaderParser.Read(this, address));
        return header;
    }

    /// <summary>The bytes of a structure, once it is known that they are in the file and not too many.</summary>
    public byte[] Block(long address, long size, string structure)
    {
        if (address == Fields.Undefined)
            throw new BadContent($"the address of its {structure} is missing; the file is damaged.");
        Bytes.Check(address, size);
        Budget.TakeBlock(size);
        byte[] block = new byte[checked((int)size)];
        Bytes.Read(address, block);
        return block;
    }

    /// <summary>The content of a message, wherever it is.</summary>
    public ReadOnlyMemory<byte> Content(HeaderMessage message) => message.IsShared ? Shared(message.Data.Span, message.Type) : message.Data;

    /// <summary>The content that a shared message's place holder stands for: a message of another object, which has its own name in the file.</summary>
    public ReadOnlyMemory<byte> Shared(ReadOnlySpan<byte> placeHolder, MessageType type)
    {
        Fields fields = new(placeHolder, Sizes, "shared message");
        byte version = fields.Version(1, 3);
        byte kind = fields.Byte();
        if (version == 3 && kind == InHeap)
            return (_sharedMessages ?? throw new BadContent("it shares messages with other objects, and the file has no table of them; it is damaged.")).Find(type, fields.Take(8));
        if (version == 1)
            fields.Skip(6 + Sizes.Length);
        HeaderMessage message = Header(fields.Address()).Require(type, "shared message");
        return message.IsShared ? throw new BadContent("a shared message is itself shared; the file is damaged.") : message.Data;
    }

    public void Dispose() => Bytes.Dispose();
}
