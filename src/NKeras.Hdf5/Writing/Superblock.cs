namespace NKeras.Hdf5.Writing;

/// <summary>The beginning of a file: superblock of version 0 (specification, II.A).</summary>
internal sealed class Superblock(FileLayout layout) : Block
{
    public override long Size => 96;

    public override void Write(ByteWriter writer)
    {
        writer.Bytes([0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A]);
        writer.Bytes([0, 0, 0, 0, 0, 8, 8, 0]); // Versions; the sizes of addresses and lengths.
        writer.U16(GroupIndex.LeafRank);
        writer.U16(GroupIndex.InternalRank);
        writer.U32(0);
        writer.U64(0); // The address that others count from: the superblock's own, wherever it is.
        writer.U64(Undefined);
        writer.U64(layout.End);
        writer.U64(Undefined);
        layout.Root.WriteEntry(writer, nameOffset: 0);
    }
}
