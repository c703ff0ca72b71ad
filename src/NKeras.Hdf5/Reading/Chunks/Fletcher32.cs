using System.Buffers.Binary;

namespace NKeras.Hdf5.Reading;

/// <summary>The checksum of the filter fletcher32, in the last four bytes of a chunk.</summary>
internal static class Fletcher32
{
    /// <summary>The chunk without its checksum, if that is right.</summary>
    public static byte[] Check(byte[] chunk)
    {
        if (chunk.Length < 4)
            throw new BadContent("a chunk has no checksum; the file is damaged.");
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(^4..));
        uint actual = Of(chunk.AsSpan(..^4));

        // Old versions of HDF5 wrote the bytes of both halves in the other order.
        uint swapped = (actual & 0x00ff00ff) << 8 | actual >> 8 & 0x00ff00ff;
        return stored == actual || stored == swapped ? chunk[..^4]
            : throw new BadContent("the checksum of a chunk is wrong; the file is damaged.");
    }

    private static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint first = 0, second = 0;
        int words = bytes.Length / 2;
        for (int at = 0; at < words;)
        {
            // So many sums fit before they must be folded.
            for (int end = Math.Min(words, at + 360); at < end; at++)
            {
                first += BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * at)..]);
                second += first;
            }

            first = (first & 0xffff) + (first >> 16);
            second = (second & 0xffff) + (second >> 16);
        }

        if (bytes.Length % 2 != 0)
        {
            first += (uint)bytes[^1] << 8;
            second += first;
            first = (first & 0xffff) + (first >> 16);
            second = (second & 0xffff) + (second >> 16);
        }

        first = (first & 0xffff) + (first >> 16);
        second = (second & 0xffff) + (second >> 16);
        return second << 16 | first;
    }
}
