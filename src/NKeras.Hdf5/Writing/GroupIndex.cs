namespace NKeras.Hdf5.Writing;

/// <summary>
/// How a group's members are found: their names in a local heap, entries in symbol-table nodes sorted by the names' bytes, and a B-tree of version 1
/// over those nodes (specification, III.A to III.D).
/// </summary>
internal sealed class GroupIndex
{
    /// <summary>Half of the entries that a symbol-table node has room for; the HDF5 library's default.</summary>
    public const int LeafRank = 4;

    /// <summary>Half of the children that a B-tree node has room for; the HDF5 library's default.</summary>
    public const int InternalRank = 16;

    /// <param name="members">The members, sorted by the bytes of their names.</param>
    public GroupIndex((byte[] Name, ObjectHeader Header)[] members)
    {
        long[] offsets = new long[members.Length];
        long end = NameHeap.FirstName;
        for (int i = 0; i < members.Length; i++)
        {
            offsets[i] = end;
            end += ByteWriter.Padded(members[i].Name.Length + 1);
        }

        Names = new NameHeap([.. members.Select(member => member.Name)], end);
        List<IndexNode> level = [.. Parts(members.Length, 2 * LeafRank).Select(part => new SymbolNode(
            [.. members[part].Select(member => member.Header)], offsets[part]))];
        List<Block> leaves = [.. level];
        List<Block> nodes = [];
        int depth = 0;
        do
        {
            level = Join(level, depth++);
            nodes.AddRange(level);
        }
        while (level.Count > 1);

        RootNode = level[0];
        // The root first, as a reader goes.
        nodes.Reverse();
        Blocks = [.. nodes, Names, .. leaves];
    }

    public Block RootNode { get; }

    public NameHeap Names { get; }

    public IReadOnlyList<Block> Blocks { get; }

    private static List<IndexNode> Join(List<IndexNode> children, int depth)
    {
        List<TreeNode> nodes = [];
        long key = 0;
        // A group without members has one node without children.
        foreach (Range part in children.Count == 0 ? [new Range(0, 0)] : Parts(children.Count, 2 * InternalRank))
        {
            TreeNode node = new([.. children.Take(part)], depth, key) { Left = nodes.LastOrDefault() };
            if (node.Left is { } left)
                left.Right = node;
            nodes.Add(node);
            key = node.LastKey;
        }

        return [.. nodes];
    }

    /// <summary>Parts of about the same length, none longer than the most.</summary>
    private static IEnumerable<Range> Parts(int count, int most)
    {
        int parts = (count + most - 1) / most;
        for (int i = 0; i < parts; i++)
            yield return (int)((long)count * i / parts)..(int)((long)count * (i + 1) / parts);
    }

    /// <summary>A node of any level.</summary>
    private abstract class IndexNode : Block
    {
        /// <summary>Where the heap has the greatest name below.</summary>
        public abstract long LastKey { get; }
    }

    /// <summary>Entries of members.</summary>
    private sealed class SymbolNode(ObjectHeader[] members, long[] offsets) : IndexNode
    {
        private const int EntrySize = 40;

        public override long Size => 8 + (2 * LeafRank * EntrySize);

        public override long LastKey => offsets[^1];

        public override void Write(ByteWriter writer)
        {
            writer.Bytes("SNOD"u8);
            writer.U16(1);
            writer.U16(members.Length);
            for (int i = 0; i < members.Length; i++)
                members[i].WriteEntry(writer, offsets[i]);
            writer.Zeros(((2 * LeafRank) - members.Length) * EntrySize);
        }
    }

    /// <summary>A node of the B-tree: children, with the greatest name up to each before and after it.</summary>
    private sealed class TreeNode(IndexNode[] children, int level, long firstKey) : IndexNode
    {
        public TreeNode? Left { get; init; }

        public TreeNode? Right { get; set; }

        public override long Size => 24 + (8 * ((4 * InternalRank) + 1));

        public override long LastKey => children.Length == 0 ? 0 : children[^1].LastKey;

        public override void Write(ByteWriter writer)
        {
            writer.Bytes("TREE"u8);
            writer.U8(0);
            writer.U8(level);
            writer.U16(children.Length);
            writer.U64(Left?.Address ?? Undefined);
            writer.U64(Right?.Address ?? Undefined);
            writer.U64(firstKey);
            foreach (IndexNode child in children)
            {
                writer.U64(child.Address);
                writer.U64(child.LastKey);
            }

            writer.Zeros(16 * ((2 * InternalRank) - children.Length));
        }
    }
}
