using System.Numerics;

namespace NKeras.Hdf5.Reading;

/// <summary>New B-trees (HDF5 File Format Specification, III.A.2), whose nodes on all levels hold records.</summary>
internal sealed class BTreeV2
{
    private const string Name = "B-tree";
    private const int MaxDepth = 32;
    private const int NodePrefix = 6;

    private readonly FileReader _file;
    private readonly byte _kind;
    private readonly Record _visit;
    private readonly HashSet<long> _visited = [];
    private readonly long _nodeSize;
    private readonly int _recordSize;
    private readonly int _countSize;
    private readonly int[] _totalSizes;

    private BTreeV2(FileReader file, byte kind, Record visit, long nodeSize, int recordSize, int depth)
    {
        _file = file;
        _kind = kind;
        _visit = visit;
        _nodeSize = nodeSize;
        _recordSize = recordSize;
        _totalSizes = new int[depth + 1];
        if (depth > MaxDepth || recordSize == 0)
            throw Damaged();

        // How many bytes the numbers of records below a node take depends on how many there can be.
        long most = (nodeSize - NodePrefix - 4) / recordSize;
        long mostBelow = most;
        _countSize = SizeOf(most);
        for (int level = 1; level <= depth; level++)
        {
            int pointer = file.Sizes.Address + _countSize + _totalSizes[level - 1];
            most = (nodeSize - NodePrefix - 4 - pointer) / (recordSize + pointer);
            mostBelow = checked(((most + 1) * mostBelow) + most);
            _totalSizes[level] = SizeOf(mostBelow);
        }
    }

    /// <summary>Gets a record.</summary>
    public delegate void Record(ReadOnlySpan<byte> record);

    /// <summary>Visits all records in order. A node is visited once, whatever the file says.</summary>
    public static void Walk(FileReader file, long address, byte kind, Record visit)
    {
        byte[] header = file.Block(address, 22 + file.Sizes.Address + file.Sizes.Length, Name);
        Checksum.Check(header, Name);
        Fields fields = new(header, file.Sizes, Name);
        fields.Signature("BTHD"u8);
        fields.Version(0, 0);
        byte actual = fields.Byte();
        if (actual != kind)
            throw new BadContent($"its B-tree is of kind {actual}, not {kind}; the file is damaged.");
        long nodeSize = fields.UInt32();
        int recordSize = fields.UInt16();
        int depth = fields.UInt16();
        fields.Skip(2);
        long root = fields.Address();
        int count = fields.UInt16();
        if (root != Fields.Undefined && count > 0)
            new BTreeV2(file, kind, visit, nodeSize, recordSize, depth).Walk(root, count, depth);
    }

    private static int SizeOf(long number) => number > 0 ? (BitOperations.Log2((ulong)number) / 8) + 1 : throw Damaged();

    private static BadContent Damaged() => new($"its {Name} has impossible sizes; the file is damaged.");

    private void Walk(long address, long count, int level)
    {
        if (!_visited.Add(address))
            throw new BadContent($"its {Name} leads to {address} twice; the file is damaged.");
        int totalSize = level > 0 ? _totalSizes[level - 1] : 0;
        long pointers = level > 0 ? (count + 1) * (_file.Sizes.Address + _countSize + totalSize) : 0;
        long size = NodePrefix + (count * _recordSize) + pointers + 4;
        if (size > _nodeSize)
            throw Damaged();
        byte[] node = _file.Block(address, size, Name);
        Checksum.Check(node, Name);
        Fields fields = new(node, _file.Sizes, Name);
        fields.Signature(level > 0 ? "BTIN"u8 : "BTLF"u8);
        fields.Version(0, 0);
        if (fields.Byte() != _kind)
            throw new BadContent($"a node of its {Name} is of another kind; the file is damaged.");

        ReadOnlySpan<byte> records = fields.Take(count * _recordSize);
        for (int i = 0; i < count + (level > 0 ? 1 : 0); i++)
        {
            if (level > 0)
            {
                long child = fields.Address();
                long below = fields.Count(_countSize);
                fields.Skip(totalSize);
                Walk(child, below, level - 1);
            }

            if (i < count)
                _visit(records.Slice(i * _recordSize, _recordSize));
        }
    }
}
