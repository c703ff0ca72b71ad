namespace NKeras.Hdf5.Reading;

/// <summary>Old B-trees (HDF5 File Format Specification, III.A.1), whose leaves lead to the entries of a group or to chunks.</summary>
internal sealed class BTreeV1
{
    private const string Name = "B-tree";

    private readonly FileReader _file;
    private readonly byte _kind;
    private readonly int _keySize;
    private readonly Entry _visit;
    private readonly HashSet<long> _visited = [];

    private BTreeV1(FileReader file, byte kind, int keySize, Entry visit)
    {
        _file = file;
        _kind = kind;
        _keySize = keySize;
        _visit = visit;
    }

    /// <summary>Gets an entry's key and the address that it leads to.</summary>
    public delegate void Entry(ReadOnlySpan<byte> key, long child);

    /// <summary>Visits all entries in order. What a node leads to is visited once, whatever the file says.</summary>
    public static void Walk(FileReader file, long root, byte kind, int keySize, Entry visit) =>
        new BTreeV1(file, kind, keySize, visit).Walk(root, null);

    private void Walk(long address, int? expectedLevel)
    {
        Visit(address);
        int prefix = 8 + (2 * _file.Sizes.Address);
        Fields fields = new(_file.Block(address, prefix, Name), _file.Sizes, Name);
        fields.Signature("TREE"u8);
        byte kind = fields.Byte();
        int level = fields.Byte();
        int count = fields.UInt16();
        if (kind != _kind || level != (expectedLevel ?? level))
            throw new BadContent("its B-tree has a node of the wrong kind or level; the file is damaged.");

        byte[] entries = _file.Block(address + prefix, ((long)count * (_keySize + _file.Sizes.Address)) + _keySize, Name);
        fields = new Fields(entries, _file.Sizes, Name);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> key = fields.Take(_keySize);
            long child = fields.Address();
            if (level > 0)
            {
                Walk(child, level - 1);
                continue;
            }

            Visit(child);
            _visit(key, child);
        }
    }

    private void Visit(long address)
    {
        if (!_visited.Add(address))
            throw new BadContent($"its B-tree leads to {address} twice; the file is damaged.");
    }
}
