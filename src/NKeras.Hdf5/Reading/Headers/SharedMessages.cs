namespace NKeras.Hdf5.Reading;

/// <summary>Messages that several objects have in common, in heaps of their own (HDF5 File Format Specification, III.I and IV.A.2.p).</summary>
internal sealed class SharedMessages
{
    private const string Name = "shared message table";

    private readonly List<(int Types, FractalHeap Heap)> _indexes = [];

    private SharedMessages()
    {
    }

    /// <summary>Reads the table that a message of the superblock's extension leads to.</summary>
    public static SharedMessages Read(FileReader file, ReadOnlySpan<byte> message)
    {
        Fields fields = new(message, file.Sizes, Name);
        fields.Version(0, 0);
        long address = fields.Address();
        int count = fields.Byte();
        byte[] table = file.Block(address, 4 + (count * (14 + (2 * file.Sizes.Address))) + 4, Name);
        Checksum.Check(table, Name);

        SharedMessages messages = new();
        fields = new Fields(table, file.Sizes, Name);
        fields.Signature("SMTB"u8);
        for (int i = 0; i < count; i++)
        {
            fields.Version(0, 0);
            fields.Skip(1);
            int types = fields.UInt16();
            fields.Skip(10);
            fields.Address();
            if (fields.Address() is var heap and not Fields.Undefined)
                messages._indexes.Add((types, FractalHeap.Open(file, heap)));
        }

        return messages;
    }

    /// <summary>The message with an identifier in the heap for its kind.</summary>
    public ReadOnlyMemory<byte> Find(MessageType type, ReadOnlySpan<byte> id)
    {
        foreach ((int types, FractalHeap heap) in _indexes)
        {
            if ((types >> (int)type & 1) != 0)
                return heap.Object(id).ToArray();
        }

        throw new BadContent("a message that it shares with other objects is not in the file; it is damaged.");
    }
}
