namespace NKeras.Hdf5.Writing;

/// <summary>A whole file's blocks with their addresses: first all that describes it, then the texts, then the datasets' elements.</summary>
internal sealed class FileLayout
{
    private readonly List<Block> _blocks = [];

    public FileLayout(Hdf5Content content)
    {
        TextHeap heap = new();
        List<Block> data = [];
        Root = new GroupHeader(content);
        Place(new Superblock(this));
        // Not by recursion: groups may be nested as deep as one likes.
        Stack<GroupHeader> groups = new([Root]);
        while (groups.TryPop(out GroupHeader? group))
        {
            (byte[] Name, ObjectHeader Header)[] members =
            [
                .. group.Content.Groups.Select(member => (Texts.Utf8(member.Key, "The name"), (ObjectHeader)new GroupHeader(member.Value))),
                .. group.Content.Datasets.Select(member => (Texts.Utf8(member.Key, "The name"), (ObjectHeader)new DatasetHeader(member.Value))),
            ];
            Array.Sort(members, (a, b) => a.Name.AsSpan().SequenceCompareTo(b.Name));
            group.Index = new GroupIndex(members);
            group.PlaceTexts(heap);
            Place(group);
            foreach (Block block in group.Index.Blocks)
                Place(block);
            foreach (DatasetHeader dataset in members.Select(member => member.Header).OfType<DatasetHeader>())
            {
                dataset.PlaceTexts(heap);
                Place(dataset);
                if (dataset.Data is { } elements)
                    data.Add(elements);
            }

            foreach (GroupHeader inner in members.Select(member => member.Header).OfType<GroupHeader>().Reverse())
                groups.Push(inner);
        }

        foreach (Block block in heap.Collections.Concat(data))
            Place(block);
    }

    /// <summary>The outermost group.</summary>
    public GroupHeader Root { get; }

    /// <summary>The file's size.</summary>
    public long End { get; private set; }

    public void Write(Stream stream)
    {
        ByteWriter writer = new(stream);
        foreach (Block block in _blocks)
        {
            writer.PadTo(block.Address);
            block.Write(writer);
        }

        writer.PadTo(End);
        writer.Flush();
    }

    private void Place(Block block)
    {
        block.Address = End;
        _blocks.Add(block);
        End = checked(ByteWriter.Padded(End + block.Size));
    }
}
