namespace NKeras.Hdf5.Reading;

/// <summary>Reads an object header of version 1 or 2 with all its continuations (HDF5 File Format Specification, IV.A.1).</summary>
internal sealed class HeaderParser(FileReader file)
{
    private const string Name = "object header";
    private const int SharedFlag = 1 << 1;
    private const int MustKnowFlag = 1 << 7;

    private readonly List<HeaderMessage> _messages = [];
    private readonly Queue<(long Address, long Size)> _continuations = new();
    private readonly HashSet<long> _visited = [];

    public static ObjectHeader Read(FileReader file, long address) => new HeaderParser(file).Read(address);

    private ObjectHeader Read(long address)
    {
        _visited.Add(address);
        Span<byte> first = stackalloc byte[4];
        file.Bytes.Read(address, first);
        if (first.SequenceEqual("OHDR"u8))
            ReadNew(address);
        else
            ReadOld(address);
        return new ObjectHeader(address, _messages);
    }

    private void ReadOld(long address)
    {
        Fields fields = new(file.Block(address, 16, Name), file.Sizes, Name);
        fields.Version(1, 1);
        fields.Skip(7);
        AddOldMessages(Keep(checked(address + 16), fields.UInt32()));
        while (_continuations.TryDequeue(out (long Address, long Size) next))
            AddOldMessages(Keep(next.Address, next.Size));
    }

    private void ReadNew(long address)
    {
        byte[] prefix = file.Block(address, (int)Math.Min(34, file.Bytes.Length - address), Name);
        Fields fields = new(prefix, file.Sizes, Name);
        fields.Skip(4);
        fields.Version(2, 2);
        byte flags = fields.Byte();
        if ((flags & 1 << 5) != 0)
            fields.Skip(16);
        if ((flags & 1 << 4) != 0)
            fields.Skip(4);
        long size = fields.Count(1 << (flags & 3));
        bool ordered = (flags & 1 << 2) != 0;

        AddNewMessages(Keep(address, checked(fields.Position + size + 4)), fields.Position, ordered);
        while (_continuations.TryDequeue(out (long Address, long Size) next))
        {
            byte[] block = Keep(next.Address, next.Size);
            new Fields(block, file.Sizes, Name).Signature("OCHK"u8);
            AddNewMessages(block, 4, ordered);
        }
    }

    private void AddOldMessages(byte[] block)
    {
        Fields fields = new(block, file.Sizes, Name);
        while (fields.Remaining >= 8)
        {
            int type = fields.UInt16();
            int size = fields.UInt16();
            byte flags = fields.Byte();
            fields.Skip(3);
            int at = fields.Position;
            fields.Skip(size);
            Add(type, flags, 0, block.AsMemory(at, size));
        }
    }

    private void AddNewMessages(byte[] block, int start, bool ordered)
    {
        Checksum.Check(block, Name);
        Fields fields = new(block.AsSpan(0, block.Length - 4), file.Sizes, Name);
        fields.Skip(start);
        int prefix = ordered ? 6 : 4;
        while (fields.Remaining >= prefix)
        {
            int type = fields.Byte();
            int size = fields.UInt16();
            byte flags = fields.Byte();
            int order = ordered ? fields.UInt16() : 0;
            int at = fields.Position;
            fields.Skip(size);
            Add(type, flags, order, block.AsMemory(at, size));
        }
    }

    private void Add(int number, byte flags, int order, ReadOnlyMemory<byte> data)
    {
        file.Budget.TakeMetadata(ReadBudget.ItemBytes);
        MessageType type = (MessageType)number;
        if (type == MessageType.Nil)
            return;
        if (type == MessageType.Continuation)
        {
            Fields fields = new(data.Span, file.Sizes, Name);
            long address = fields.Address();
            if (!_visited.Add(address))
                throw new BadContent("its object header goes on where it has already been; the file is damaged.");
            _continuations.Enqueue((address, fields.Length()));
        }
        else if (Enum.IsDefined(type))
        {
            _messages.Add(new HeaderMessage(type, (flags & SharedFlag) != 0, order, data));
        }
        else if ((flags & MustKnowFlag) != 0)
        {
            throw new BadContent($"its object header has a message of the unknown kind {number}, which readers must know.");
        }
    }

    private byte[] Keep(long address, long size)
    {
        file.Budget.TakeMetadata(size);
        return file.Block(address, size, Name);
    }
}
