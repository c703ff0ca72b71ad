using System.Buffers.Binary;

namespace NKeras.Tests.Saving;

/// <summary>Damages bytes whatever they mean.</summary>
internal sealed class ByteMutator(Random random)
{
    private static readonly long[] s_numbers =
    [
        0, 1, 2, 7, 8, 16, 64, 127, 128, 255, 256, 512, 4096, 32767, 32768, 65535, 65536, 1 << 24, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, 1L << 40, (1L << 53) - 1, long.MaxValue, long.MinValue, -1, -2,
    ];

    /// <summary>A damaged copy.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="other">Bytes that a part may come from.</param>
    public byte[] Mutate(byte[] bytes, byte[] other)
    {
        byte[] result = [.. bytes];
        for (int changes = random.Next(4) == 0 ? random.Next(1, 20) : random.Next(1, 4); changes > 0; changes--) result = MutateOnce(result, other);
        return result;
    }

    private byte[] MutateOnce(byte[] bytes, byte[] other)
    {
        if (bytes.Length == 0) return [.. other.Take(random.Next(100))];
        int at = random.Next(bytes.Length);
        switch (random.Next(12))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 3 or 4 or 5:
                WriteNumber(bytes.AsSpan(at & ~random.Next(8)));
                return bytes;
            case 6:
                AddToNumber(bytes.AsSpan(at));
                return bytes;
            case 7:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + Length())..]];
            case 8:
                return [.. bytes[..at], .. Block(bytes), .. bytes[at..]];
            case 9:
                byte[] block = Block(random.Next(2) == 0 ? bytes : other);
                block.AsSpan(0, Math.Min(block.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
                return bytes;
            case 10:
                return bytes[..at];
            default:
                return [.. bytes[..at], .. other[Math.Min(other.Length, random.Next(2) == 0 ? at : random.Next(other.Length + 1))..]];
        }
    }

    private int Length() => random.Next(3) == 0 ? random.Next(1, 2000) : random.Next(1, 32);

    private byte[] Block(byte[] from)
    {
        if (from.Length == 0) return [];
        int start = random.Next(from.Length);
        return from[start..Math.Min(from.Length, start + Length())];
    }

    private void WriteNumber(Span<byte> at)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, s_numbers[random.Next(s_numbers.Length)]);
        int width = Math.Min(at.Length, 1 << random.Next(4));
        number[..width].CopyTo(at);
    }

    private void AddToNumber(Span<byte> at)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        int width = Math.Min(at.Length, 1 << random.Next(4));
        at[..width].CopyTo(number);
        BinaryPrimitives.WriteInt64LittleEndian(number, BinaryPrimitives.ReadInt64LittleEndian(number) + random.Next(-16, 17));
        number[..width].CopyTo(at);
    }
}
