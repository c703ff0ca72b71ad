namespace NKeras.Hdf5.Writing;

/// <summary>The local heap with the names of a group's members (specification, III.D), its data right behind it and without room to spare.</summary>
/// <param name="names">The names.</param>
/// <param name="dataSize">What they take with <see cref="FirstName"/> before them.</param>
internal sealed class NameHeap(byte[][] names, long dataSize) : Block
{
    /// <summary>Where the first name is: an empty one comes before it, for the least key of the B-tree.</summary>
    public const int FirstName = 8;

    private const int HeaderSize = 32;

    // The HDF5 library's mark of a list of free blocks that is empty; the specification's own, the undefined address, is refused by it.
    private const long NoFreeBlock = 1;

    public override long Size => HeaderSize + dataSize;

    public override void Write(ByteWriter writer)
    {
        writer.Bytes("HEAP"u8);
        writer.U32(0);
        writer.U64(dataSize);
        writer.U64(NoFreeBlock);
        writer.U64(Address + HeaderSize);
        writer.Zeros(FirstName);
        foreach (byte[] name in names)
            writer.Name(name);
    }
}
