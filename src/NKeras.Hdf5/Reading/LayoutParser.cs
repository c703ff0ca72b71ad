namespace NKeras.Hdf5.Reading;

/// <summary>Reads layout messages of versions 1 to 4, and 5, which differs from 4 only in how chunks' sizes are kept.</summary>
internal static class LayoutParser
{
    private const string Name = "layout";
    private const int CompactClass = 0;
    private const int ContiguousClass = 1;
    private const int ChunkedClass = 2;

    public static Layout Read(FileReader file, ObjectHeader header)
    {
        if (header.Has(MessageType.ExternalFiles))
            return new Layout.Refused("its elements are in other files (external storage)");
        HeaderMessage message = header.Require(MessageType.Layout, Name);
        ReadOnlyMemory<byte> content = file.Content(message);
        Fields fields = new(content.Span, file.Sizes, Name);
        byte version = fields.Version(1, 5);
        return version < 3 ? ReadOld(file, content, ref fields) : ReadNew(content, ref fields, version);
    }

    private static Layout ReadOld(FileReader file, ReadOnlyMemory<byte> content, ref Fields fields)
    {
        int rank = fields.Byte();
        int kind = fields.Byte();
        fields.Skip(5);
        long address = kind == CompactClass ? Fields.Undefined : fields.Address();
        long[] dimensions = Dimensions(ref fields, rank, 4);
        switch (kind)
        {
            case CompactClass:
                uint size = fields.UInt32();
                int at = fields.Position;
                fields.Skip(size);
                return new Layout.Compact(content.Slice(at, (int)size));
            case ContiguousClass:
                // These versions do not say how long it is; what it must be is checked when it is read.
                return new Layout.Contiguous(address, address == Fields.Undefined ? 0 : file.Bytes.Length - Math.Min(address, file.Bytes.Length));
            case ChunkedClass:
                return Chunked(dimensions, new BTreeV1Index(address));
            default:
                throw Unknown(kind);
        }
    }

    private static Layout ReadNew(ReadOnlyMemory<byte> content, ref Fields fields, byte version)
    {
        int kind = fields.Byte();
        switch (kind)
        {
            case CompactClass:
                int size = fields.UInt16();
                int at = fields.Position;
                fields.Skip(size);
                return new Layout.Compact(content.Slice(at, size));
            case ContiguousClass:
                return new Layout.Contiguous(fields.Address(), fields.Length());
            case ChunkedClass when version == 3:
                int rank = fields.Byte();
                long tree = fields.Address();
                return Chunked(Dimensions(ref fields, rank, 4), new BTreeV1Index(tree));
            case ChunkedClass:
                return ReadIndexed(ref fields, version);
            case 3:
                return new Layout.Refused("its elements are those of other datasets (a virtual dataset)");
            default:
                throw Unknown(kind);
        }
    }

    private static Layout.Chunked ReadIndexed(ref Fields fields, byte version)
    {
        _ = version;
        throw new BadContent("not yet");
    }

    private static long[] Dimensions(ref Fields fields, int rank, int size)
    {
        long[] dimensions = new long[rank];
        for (int i = 0; i < rank; i++)
            dimensions[i] = fields.Count(size);
        return dimensions;
    }

    /// <summary>The last of a chunk's dimensions is the size of its elements.</summary>
    private static Layout.Chunked Chunked(long[] dimensions, ChunkIndex index) =>
        dimensions.Length > 1 ? new Layout.Chunked(dimensions[..^1], (int)Math.Min(dimensions[^1], int.MaxValue), index)
            : throw new BadContent("its chunks have no dimensions; the file is damaged.");

    private static BadContent Unknown(int kind) => new($"its layout is of the unknown kind {kind}.");
}
