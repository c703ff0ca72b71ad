namespace NKeras.Hdf5.Reading;

/// <summary>Chunks of a dataset that has an end along each axis, in an array (HDF5 File Format Specification, VII.C).</summary>
internal sealed record FixedArrayIndex(long Address) : ChunkIndex
{
    private const string Name = "fixed array";

    public override void Read(FileReader file, ChunkGrid grid, Dataspace space, bool filtered, ChunkList chunks)
    {
        if (Address == Fields.Undefined)
            return;
        byte[] header = file.Block(Address, 8 + file.Sizes.Length + file.Sizes.Address + 4, Name);
        Checksum.Check(header, Name);
        Fields fields = new(header, file.Sizes, Name);
        fields.Signature("FAHD"u8);
        fields.Version(0, 0);
        RequireClient(ref fields, filtered);
        int entrySize = fields.Byte();
        int pageBits = fields.Byte();
        long count = fields.Length();
        long block = fields.Address();
        if (block == Fields.Undefined)
            return;

        int prefix = 6 + file.Sizes.Address;
        long pageLength = pageBits < 62 ? 1L << pageBits : long.MaxValue;
        ChunkOrder order = new(grid, space, unlimitedFirst: false);
        if (count <= pageLength)
        {
            byte[] all = file.Block(block, checked(prefix + (count * entrySize) + 4), Name);
            CheckBlock(file, all, filtered);
            Add(all.AsSpan(prefix), 0, count);
            return;
        }

        long pages = ((count - 1) / pageLength) + 1;
        long bitmap = (pages + 7) / 8;
        byte[] start = file.Block(block, prefix + bitmap + 4, Name);
        CheckBlock(file, start, filtered);
        long at = checked(block + prefix + bitmap + 4);
        for (long page = 0; page < pages; page++)
        {
            long length = Math.Min(pageLength, count - (page * pageLength));
            long size = checked((length * entrySize) + 4);
            if ((start[prefix + (page / 8)] & 0x80 >> (int)(page % 8)) != 0)
            {
                byte[] entries = file.Block(at, size, Name);
                Checksum.Check(entries, Name);
                Add(entries, page * pageLength, length);
            }

            at = checked(at + size);
        }

        void Add(ReadOnlySpan<byte> entries, long first, long length)
        {
            for (long i = 0; i < length; i++)
                AddEntry(file, entries.Slice((int)(i * entrySize), entrySize), grid, filtered, order.IndexAt(first + i), chunks);
        }
    }

    private static void CheckBlock(FileReader file, byte[] block, bool filtered)
    {
        Checksum.Check(block, Name);
        Fields fields = new(block, file.Sizes, Name);
        fields.Signature("FADB"u8);
        fields.Version(0, 0);
        RequireClient(ref fields, filtered);
    }
}
