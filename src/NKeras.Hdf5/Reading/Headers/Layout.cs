namespace NKeras.Hdf5.Reading;

/// <summary>Where a dataset's elements are (HDF5 File Format Specification, IV.A.2.i).</summary>
internal abstract record Layout
{
    /// <summary>In the object's header.</summary>
    public sealed record Compact(ReadOnlyMemory<byte> Bytes) : Layout;

    /// <summary>One after the other in the file; nowhere if the address is undefined.</summary>
    public sealed record Contiguous(long Address, long Size) : Layout;

    /// <summary>In chunks of one shape that an index leads to.</summary>
    public sealed record Chunked(long[] Chunk, int ElementSize, ChunkIndex Index) : Layout;

    /// <summary>In other files or datasets.</summary>
    public sealed record Refused(string What) : Layout;
}
