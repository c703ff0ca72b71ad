namespace NKeras.Hdf5.Reading;

/// <summary>The compression of h5py's filter lzf: runs of bytes as they are, and repetitions of what came at most 8 KiB before.</summary>
internal static class Lzf
{
    public static byte[] Decode(ReadOnlySpan<byte> chunk, int size)
    {
        // No three bytes say more than 264.
        if (size / 88 > chunk.Length)
            throw Damaged();
        byte[] elements = new byte[size];
        int from = 0, to = 0;
        while (from < chunk.Length)
        {
            int control = chunk[from++];
            if (control < 32)
            {
                int count = control + 1;
                if (count > chunk.Length - from || count > size - to)
                    throw Damaged();
                chunk.Slice(from, count).CopyTo(elements.AsSpan(to));
                from += count;
                to += count;
                continue;
            }

            int length = control >> 5;
            if (length == 7 && from < chunk.Length)
                length += chunk[from++];
            length += 2;
            if (from >= chunk.Length)
                throw Damaged();
            int back = to - ((control & 31) << 8) - chunk[from++] - 1;
            if (back < 0 || length > size - to)
                throw Damaged();
            for (int i = 0; i < length; i++)
                elements[to++] = elements[back++];
        }

        return to == size ? elements : throw Damaged();
    }

    private static BadContent Damaged() => new("a chunk compressed with lzf is damaged.");
}
