namespace NKeras.Hdf5.Reading;

/// <summary>The links of an old group: a B-tree of nodes with entries, and a heap with names (HDF5 File Format Specification, III.A, B, C and D).</summary>
internal sealed class SymbolTable
{
    private const string NodeName = "symbol table node";
    private const string HeapName = "local heap";
    private const int SoftCache = 2;

    private readonly FileReader _file;
    private readonly byte[] _heap;
    private readonly List<Link> _links;

    private SymbolTable(FileReader file, long heapAddress, List<Link> links)
    {
        _file = file;
        _heap = ReadHeap(file, heapAddress);
        _links = links;
    }

    /// <summary>Reads the links that a symbol table message leads to.</summary>
    public static void Read(FileReader file, ReadOnlySpan<byte> message, List<Link> links)
    {
        Fields fields = new(message, file.Sizes, "symbol table");
        long tree = fields.Address();
        SymbolTable table = new(file, fields.Address(), links);
        BTreeV1.Walk(file, tree, kind: 0, keySize: file.Sizes.Length, (_, child) => table.ReadNode(child));
    }

    private static byte[] ReadHeap(FileReader file, long address)
    {
        Fields fields = new(file.Block(address, 8 + (2 * file.Sizes.Length) + file.Sizes.Address, HeapName), file.Sizes, HeapName);
        fields.Signature("HEAP"u8);
        fields.Version(0, 0);
        fields.Skip(3);
        long size = fields.Length();
        file.Budget.TakeMetadata(size);
        fields.Length();
        return file.Block(fields.Address(), size, HeapName);
    }

    private void ReadNode(long address)
    {
        Fields fields = new(_file.Block(address, 8, NodeName), _file.Sizes, NodeName);
        fields.Signature("SNOD"u8);
        fields.Version(1, 1);
        fields.Skip(1);
        int count = fields.UInt16();

        fields = new Fields(_file.Block(address + 8, (long)count * ((2 * _file.Sizes.Address) + 24), NodeName), _file.Sizes, NodeName);
        for (int i = 0; i < count; i++)
        {
            string name = Text(fields.Count(_file.Sizes.Address));
            long header = fields.Address();
            uint cache = fields.UInt32();
            fields.Skip(4);
            uint target = fields.UInt32();
            fields.Skip(12);
            _links.Add(LinkTable.Checked(_file, cache == SoftCache
                ? new Link(name, LinkKind.Soft, Fields.Undefined, Text(target), 0)
                : new Link(name, LinkKind.Hard, header, "", 0)));
        }
    }

    private string Text(long offset)
    {
        ReadOnlySpan<byte> rest = offset < _heap.Length ? _heap.AsSpan((int)offset) : throw new BadContent("a name lies outside of its heap; the file is damaged.");
        int length = rest.IndexOf((byte)0);
        if (length < 0)
            throw new BadContent("a name has no end; the file is damaged.");
        _file.Budget.TakeMetadata(length);
        return Names.Text(rest[..length]);
    }
}
