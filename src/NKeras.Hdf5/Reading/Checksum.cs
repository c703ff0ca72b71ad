using System.Buffers.Binary;
using System.Numerics;

namespace NKeras.Hdf5.Reading;

/// <summary>The checksum of newer structures: Bob Jenkins's lookup3 with a start of 0 (https://burtleburtle.net/bob/c/lookup3.c).</summary>
internal static class Checksum
{
    /// <summary>Refuses a structure whose last four bytes are not the checksum of the others.</summary>
    public static void Check(ReadOnlySpan<byte> structure, string name)
    {
        if (structure.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(structure[^4..]) != Of(structure[..^4]))
            throw new BadContent($"the checksum of its {name} is wrong; the file is damaged.");
    }

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint a = 0xdeadbeef + (uint)bytes.Length, b = a, c = a;
        if (bytes.IsEmpty)
            return c;

        while (bytes.Length > 12)
        {
            a += BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            b += BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            c += BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
            a = (a - c) ^ BitOperations.RotateLeft(c, 4);
            c += b;
            b = (b - a) ^ BitOperations.RotateLeft(a, 6);
            a += c;
            c = (c - b) ^ BitOperations.RotateLeft(b, 8);
            b += a;
            a = (a - c) ^ BitOperations.RotateLeft(c, 16);
            c += b;
            b = (b - a) ^ BitOperations.RotateLeft(a, 19);
            a += c;
            c = (c - b) ^ BitOperations.RotateLeft(b, 4);
            b += a;
            bytes = bytes[12..];
        }

        Span<byte> last = stackalloc byte[12];
        last.Clear();
        bytes.CopyTo(last);
        a += BinaryPrimitives.ReadUInt32LittleEndian(last);
        b += BinaryPrimitives.ReadUInt32LittleEndian(last[4..]);
        c += BinaryPrimitives.ReadUInt32LittleEndian(last[8..]);
        c = (c ^ b) - BitOperations.RotateLeft(b, 14);
        a = (a ^ c) - BitOperations.RotateLeft(c, 11);
        b = (b ^ a) - BitOperations.RotateLeft(a, 25);
        c = (c ^ b) - BitOperations.RotateLeft(b, 16);
        a = (a ^ c) - BitOperations.RotateLeft(c, 4);
        b = (b ^ a) - BitOperations.RotateLeft(a, 14);
        return (c ^ b) - BitOperations.RotateLeft(b, 24);
    }
}
