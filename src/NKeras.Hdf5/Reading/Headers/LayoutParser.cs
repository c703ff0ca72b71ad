namespace NKeras.Hdf5.Reading;

/// <summary>Reads layout messages of versions 1 to 4, and 5, which differs from 4 only in how chunks' sizes are kept.</summary>
internal static class LayoutParser
{
    private const string Name = "layout";
    private const int CompactClass = 0;
    private const int ContiguousClass = 1;
    private const int ChunkedClass = 2;
    private const int KeepsPartialFlag = 1;
    private const int SingleFilteredFlag = 1 << 1;

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
                return ReadIndexed(ref fields);
            case 3:
                return new Layout.Refused("its elements are those of other datasets (a virtual dataset)");
            default:
                throw Unknown(kind);
        }
    }

    private static Layout.Chunked ReadIndexed(ref Fields fields)
    {
        byte flags = fields.Byte();
        int rank = fields.Byte();
        int size = fields.Byte();
        if (size is 0 or > 8)
            throw new BadContent("its layout is damaged.");
        long[] dimensions = Dimensions(ref fields, rank, size);
        return Chunked(dimensions, ReadIndex(ref fields, flags) with { KeepsPartialChunks = (flags & KeepsPartialFlag) != 0 });
    }

    private static ChunkIndex ReadIndex(ref Fields fields, byte flags)
    {
        int kind = fields.Byte();
        switch (kind)
        {
            case 1:
                bool filtered = (flags & SingleFilteredFlag) != 0;
                long? size = filtered ? fields.Length() : null;
                uint mask = filtered ? fields.UInt32() : 0;
                return new SingleChunkIndex(fields.Address(), size, mask);
            case 2:
                return new ImplicitIndex(fields.Address());
            case 3:
                // What else these say is said again where the index is.
                fields.Skip(1);
                return new FixedArrayIndex(fields.Address());
            case 4:
                fields.Skip(5);
                return new ExtensibleArrayIndex(fields.Address());
            case 5:
                fields.Skip(6);
                return new BTreeV2Index(fields.Address());
            default:
                throw new BadContent($"its chunks have an index of the unknown kind {kind}.");
        }
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
