namespace NKeras.Hdf5.Reading;

/// <summary>Where a file begins (HDF5 File Format Specification, II.A): the sizes of its fields, and where its outermost group is.</summary>
/// <param name="Sizes">The sizes of its fields.</param>
/// <param name="Root">The address of the outermost group's header.</param>
/// <param name="Extension">The address of a header with more about the file; <see cref="Fields.Undefined"/> for none.</param>
internal sealed record Superblock(FieldSizes Sizes, long Root, long Extension)
{
    private const string Name = "superblock";

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Where in a stream the superblock is: at 0, 512, 1024, 2048, …; -1 if it is nowhere.</summary>
    public static long Find(Stream stream)
    {
        Span<byte> first = stackalloc byte[8];
        for (long at = 0; at <= stream.Length - first.Length; at = at == 0 ? 512 : at * 2)
        {
            stream.Position = at;
            if (stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) == first.Length && first.SequenceEqual(Signature))
                return at;
            if (at > long.MaxValue / 2)
                break;
        }

        return -1;
    }

    /// <summary>Reads it at address 0.</summary>
    public static Superblock Read(FileBytes file)
    {
        byte[] bytes = new byte[Math.Min(256, file.Length)];
        file.Read(0, bytes);
        Fields fields = new(bytes, default, Name);
        fields.Skip(8);
        byte version = fields.Version(0, 3);
        return version < 2 ? ReadOld(file, bytes, version) : ReadNew(file, bytes);
    }

    private static Superblock ReadOld(FileBytes file, ReadOnlySpan<byte> bytes, byte version)
    {
        Fields fields = new(bytes, default, Name);
        fields.Skip(13);
        FieldSizes sizes = SizesOf(fields.Byte(), fields.Byte());
        fields = new Fields(bytes, sizes, Name);
        fields.Skip(version == 0 ? 24 : 28);
        long start = fields.Address();
        fields.Address();
        CheckEnd(file, start, fields.Address());
        if (fields.Address() != Fields.Undefined)
            throw new BadContent("the file is spread over several files, which is refused.");

        // The outermost group's entry in a symbol table: its name, then where its header is.
        fields.Skip(sizes.Address);
        return new Superblock(sizes, fields.Address(), Fields.Undefined);
    }

    private static Superblock ReadNew(FileBytes file, ReadOnlySpan<byte> bytes)
    {
        Fields fields = new(bytes, default, Name);
        fields.Skip(9);
        FieldSizes sizes = SizesOf(fields.Byte(), fields.Byte());
        fields = new Fields(bytes, sizes, Name);
        fields.Skip(12);
        long start = fields.Address();
        long extension = fields.Address();
        CheckEnd(file, start, fields.Address());
        long root = fields.Address();
        fields.Skip(4);
        Checksum.Check(bytes[..fields.Position], Name);
        return new Superblock(sizes, root, extension);
    }

    private static FieldSizes SizesOf(byte address, byte length) =>
        address is 2 or 4 or 8 && length is 2 or 4 or 8
            ? new FieldSizes(address, length)
            : throw new BadContent($"its addresses take {address} bytes and its lengths {length}; supported are 2, 4 and 8.");

    /// <summary>Refuses a file that is shorter than it says. What it says counts the bytes before the superblock, as they were when it was written.</summary>
    private static void CheckEnd(FileBytes file, long start, long end)
    {
        if (start < 0 || end < start || end - start > file.Length)
            throw new BadContent($"the file ends after {file.Length:N0} bytes, and should have {(end < start ? end : end - start):N0}; it is damaged or cut off.");
    }
}
