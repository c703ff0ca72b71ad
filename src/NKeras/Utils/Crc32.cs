using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NKeras;

/// <summary>The CRC-32 of zip and PNG, summed up piece by piece.</summary>
internal struct Crc32()
{
    private const uint Polynomial = 0xEDB88320;
    private const int ByteValues = 256;

    private static readonly uint[] s_table = [.. Enumerable.Range(0, ByteValues).Select(Entry)];

    private uint _state = uint.MaxValue;

    /// <summary>The sum of what was added so far.</summary>
    public readonly uint Value => ~_state;

    /// <summary>The sum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        Crc32 sum = new();
        sum.Add(bytes);
        return sum.Value;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (Pclmulqdq.IsSupported && bytes.Length >= 4 * Vector128<byte>.Count) _state = Fold(_state, ref bytes);
        _state = AddOneByOne(_state, bytes);
    }

    private static uint AddOneByOne(uint state, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes) state = s_table[(byte)(state ^ b)] ^ (state >> 8);
        return state;
    }

    /// <summary>Adds what is there of 16 bytes at a time, four times that at first.</summary>
    /// <remarks>
    /// Gopal, Ozturk, Guilford et al., "Fast CRC computation for generic polynomials using PCLMULQDQ instruction", Intel 2009: bytes that lie n bits before others
    /// are replaced by what they leave there, times x^n modulo the polynomial. The last 16 bytes have the same remainder as all.
    /// </remarks>
    private static uint Fold(uint state, ref ReadOnlySpan<byte> bytes)
    {
        // x^(n+32) and x^(n-32) modulo the polynomial, their bits reversed, for n of 512 and 128.
        Vector128<ulong> by512 = Vector128.Create(0x154442BD4UL, 0x1C6E41596UL), by128 = Vector128.Create(0x1751997D0UL, 0x0CCAA009EUL);
        ReadOnlySpan<Vector128<ulong>> blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
        bytes = bytes[(blocks.Length * Vector128<byte>.Count)..];
        Vector128<ulong> a = blocks[0] ^ Vector128.CreateScalar((ulong)state), b = blocks[1], c = blocks[2], d = blocks[3];
        for (blocks = blocks[4..]; blocks.Length >= 4; blocks = blocks[4..])
        {
            a = Moved(a, by512) ^ blocks[0];
            b = Moved(b, by512) ^ blocks[1];
            c = Moved(c, by512) ^ blocks[2];
            d = Moved(d, by512) ^ blocks[3];
        }

        a = Moved(Moved(Moved(a, by128) ^ b, by128) ^ c, by128) ^ d;
        foreach (Vector128<ulong> block in blocks) a = Moved(a, by128) ^ block;
        return AddOneByOne(0, MemoryMarshal.AsBytes(new ReadOnlySpan<Vector128<ulong>>(in a)));
    }

    private static Vector128<ulong> Moved(Vector128<ulong> value, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(value, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(value, by, 0x11);

    private static uint Entry(int value)
    {
        uint entry = (uint)value;
        for (int bit = 0; bit < 8; bit++) entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ Polynomial;
        return entry;
    }
}
