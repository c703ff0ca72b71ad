namespace NKeras.Hdf5.Reading;

/// <summary>The attributes of an object, however the file keeps them (HDF5 File Format Specification, IV.A.2.m and v).</summary>
internal static class AttributeTable
{
    private const string Name = "attribute";

    /// <summary>The attributes: in the order they were made in where that is kept, else by name, as h5py lists them.</summary>
    public static OrderedDictionary<string, Hdf5Attribute> Read(FileReader file, ObjectHeader header, string path)
    {
        List<(int Order, Hdf5Attribute Attribute)> found = [];
        foreach (HeaderMessage message in header.All(MessageType.Attribute))
            found.Add((message.Order, Attribute(file, file.Content(message), path)));
        bool ordered = header.Find(MessageType.AttributeInfo) is { } info && ReadDense(file, file.Content(info).Span, path, found);

        if (ordered)
            found.Sort((a, b) => a.Order.CompareTo(b.Order));
        else
            found.Sort((a, b) => string.CompareOrdinal(a.Attribute.Name, b.Attribute.Name));
        OrderedDictionary<string, Hdf5Attribute> byName = new(found.Count, StringComparer.Ordinal);
        foreach ((_, Hdf5Attribute attribute) in found)
        {
            if (!byName.TryAdd(attribute.Name, attribute))
                throw new BadContent($"it has two attributes named '{attribute.Name}'; the file is damaged.");
        }

        return byName;
    }

    private static bool ReadDense(FileReader file, ReadOnlySpan<byte> info, string path, List<(int Order, Hdf5Attribute Attribute)> found)
    {
        Fields fields = new(info, file.Sizes, "attribute info");
        fields.Version(0, 0);
        bool ordered = (fields.Byte() & 1) != 0;
        if (ordered)
            fields.Skip(2);
        long heapAddress = fields.Address();
        long names = fields.Address();
        if (heapAddress == Fields.Undefined)
            return ordered;

        FractalHeap heap = FractalHeap.Open(file, heapAddress);
        BTreeV2.Walk(file, names, kind: 8, record =>
        {
            Fields entry = new(record, file.Sizes, Name);
            ReadOnlySpan<byte> id = entry.Take(8);
            bool shared = (entry.Byte() & 2) != 0;
            int order = (int)Math.Min(entry.UInt32(), int.MaxValue);
            byte[] content = heap.Object(id).ToArray();
            file.Budget.TakeMetadata(content.Length);
            found.Add((order, Attribute(file, shared ? file.Shared(content, MessageType.Attribute) : content, path)));
        });
        return ordered;
    }

    private static Hdf5Attribute Attribute(FileReader file, ReadOnlyMemory<byte> content, string path)
    {
        file.Budget.TakeObject();
        Fields fields = new(content.Span, file.Sizes, Name);
        byte version = fields.Version(1, 3);
        byte flags = fields.Byte();
        int nameSize = fields.UInt16(), typeSize = fields.UInt16(), spaceSize = fields.UInt16();
        if (version == 3)
            fields.Skip(1);
        int unit = version == 1 ? 8 : 1;
        ReadOnlySpan<byte> nameBytes = Padded(ref fields, nameSize, unit);
        ReadOnlySpan<byte> typeBytes = Padded(ref fields, typeSize, unit);
        ReadOnlySpan<byte> spaceBytes = Padded(ref fields, spaceSize, unit);

        file.Budget.TakeMetadata(nameBytes.Length);
        string name = Names.Text(nameBytes.IndexOf((byte)0) is var end and >= 0 ? nameBytes[..end] : nameBytes);
        Datatype type = DatatypeParser.Read(version > 1 && (flags & 1) != 0 ? file.Shared(typeBytes, MessageType.Datatype).Span : typeBytes, file.Sizes);
        Dataspace space = Dataspace.Read(version > 1 && (flags & 2) != 0 ? file.Shared(spaceBytes, MessageType.Dataspace).Span : spaceBytes, file.Sizes);
        long size = checked(space.Count * type.StoredSize);
        int at = fields.Position;
        fields.Skip(size);
        return new Hdf5Attribute(file, $"{path}@{name}", name, type, space, content.Slice(at, (int)size));
    }

    private static ReadOnlySpan<byte> Padded(ref Fields fields, int size, int unit)
    {
        ReadOnlySpan<byte> taken = fields.Take(size);
        fields.Skip((unit - (size % unit)) % unit);
        return taken;
    }
}
