namespace NKeras.Hdf5.Reading;

/// <summary>Links of a new group (HDF5 File Format Specification, IV.A.2.c and g).</summary>
internal static class LinkMessage
{
    private const string Name = "link";

    public static Link Read(FileReader file, ReadOnlySpan<byte> message)
    {
        Fields fields = new(message, file.Sizes, Name);
        fields.Version(1, 1);
        byte flags = fields.Byte();
        byte kind = (flags & 1 << 3) != 0 ? fields.Byte() : (byte)0;
        long order = (flags & 1 << 2) != 0 ? (long)fields.UInt64() : 0;
        if ((flags & 1 << 4) != 0)
            fields.Skip(1);
        string name = Names.Text(fields.Take(fields.Count(1 << (flags & 3))));
        return LinkTable.Checked(file, kind switch
        {
            0 => new Link(name, LinkKind.Hard, fields.Address(), "", order),
            1 => new Link(name, LinkKind.Soft, Fields.Undefined, Names.Text(fields.Take(fields.UInt16())), order),
            64 => new Link(name, LinkKind.External, Fields.Undefined, External(fields.Take(fields.UInt16())), order),
            _ => new Link(name, LinkKind.Other, Fields.Undefined, "", order),
        });
    }

    /// <summary>Reads the links that a link info message leads to, if there are any.</summary>
    /// <returns>Whether the file keeps in which order links were made.</returns>
    public static bool ReadDense(FileReader file, ReadOnlySpan<byte> info, List<Link> links)
    {
        Fields fields = new(info, file.Sizes, "link info");
        fields.Version(0, 0);
        bool ordered = (fields.Byte() & 1) != 0;
        if (ordered)
            fields.Skip(8);
        long heapAddress = fields.Address();
        long names = fields.Address();
        if (heapAddress == Fields.Undefined)
            return ordered;

        FractalHeap heap = FractalHeap.Open(file, heapAddress);
        BTreeV2.Walk(file, names, kind: 5, record =>
        {
            // The name's hash comes before the place in the heap.
            links.Add(Read(file, heap.Object(record[4..])));
        });
        return ordered;
    }

    /// <summary>A version and flags, a file's name, and a path in that file.</summary>
    private static string External(ReadOnlySpan<byte> value)
    {
        string[] parts = Names.Text(value.IsEmpty ? value : value[1..]).Split('\0');
        return $"'{(parts.Length > 1 ? parts[1] : "")}' of the file '{parts[0]}'";
    }
}
