namespace NKeras.Saving;

/// <summary>Bytes in memory that are too many, or came too slowly, for one array: arrays of one size, the last of which may be filled in part.</summary>
internal sealed class SegmentStream(IReadOnlyList<byte[]> segments, int segmentSize, long length) : ReadOnlyStream(length)
{
    /// <inheritdoc/>
    protected override int ReadAt(long position, Span<byte> buffer)
    {
        ReadOnlySpan<byte> segment = segments[(int)(position / segmentSize)].AsSpan((int)(position % segmentSize));
        int count = Math.Min(segment.Length, buffer.Length);
        segment[..count].CopyTo(buffer);
        return count;
    }
}
