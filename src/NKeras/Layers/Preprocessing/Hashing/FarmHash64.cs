using System.Buffers.Binary;
using System.Numerics;

namespace NKeras.Layers.Preprocessing;

/// <summary>
/// FarmHash's 64-bit fingerprint of bytes (<c>util::Fingerprint64</c>, that is <c>farmhashna::Hash64</c>): what TensorFlow sorts texts
/// into buckets by.
/// </summary>
internal static class FarmHash64
{
    private const ulong K0 = 0xc3a5c85c97cb3127;
    private const ulong K1 = 0xb492b66fbe98f273;
    private const ulong K2 = 0x9ae16a3b2f90404f;
    private const ulong JoinFactor = 0xc6a4a7935bd1e995;

    /// <summary>The fingerprint of some bytes.</summary>
    public static ulong Fingerprint(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        <= 16 => UpTo16(bytes),
        <= 32 => UpTo32(bytes),
        <= 64 => UpTo64(bytes),
        _ => Longer(bytes),
    };

    /// <summary>The fingerprint of two fingerprints in this order (TensorFlow's <c>FingerprintCat64</c>).</summary>
    public static ulong Join(ulong first, ulong second)
    {
        ulong result = (first ^ JoinFactor ^ (Mix(second * JoinFactor) * JoinFactor)) * JoinFactor;
        return Mix(Mix(result) * JoinFactor);
    }

    private static ulong UpTo16(ReadOnlySpan<byte> s)
    {
        if (s.Length >= 8)
        {
            ulong factor = FactorOf(s);
            ulong a = Word(s, 0) + K2;
            ulong b = Word(s, s.Length - 8);
            return Combine((Right(b, 37) * factor) + a, (Right(a, 25) + b) * factor, factor);
        }

        if (s.Length >= 4) return Combine((ulong)s.Length + ((ulong)Half(s, 0) << 3), Half(s, s.Length - 4), FactorOf(s));
        if (s.Length == 0) return K2;
        uint y = s[0] + ((uint)s[s.Length >> 1] << 8);
        uint z = (uint)s.Length + ((uint)s[^1] << 2);
        return Mix((y * K2) ^ (z * K0)) * K2;
    }

    private static ulong UpTo32(ReadOnlySpan<byte> s)
    {
        ulong factor = FactorOf(s);
        ulong a = Word(s, 0) * K1;
        ulong b = Word(s, 8);
        ulong c = Word(s, s.Length - 8) * factor;
        ulong d = Word(s, s.Length - 16) * K2;
        return Combine(Right(a + b, 43) + Right(c, 30) + d, a + Right(b + K2, 18) + c, factor);
    }

    private static ulong UpTo64(ReadOnlySpan<byte> s)
    {
        ulong factor = FactorOf(s);
        ulong a = Word(s, 0) * K2;
        ulong b = Word(s, 8);
        ulong c = Word(s, s.Length - 8) * factor;
        ulong d = Word(s, s.Length - 16) * K2;
        ulong y = Right(a + b, 43) + Right(c, 30) + d;
        ulong z = Combine(y, a + Right(b + K2, 18) + c, factor);
        ulong e = Word(s, 16) * factor;
        ulong f = Word(s, 24);
        ulong g = (y + Word(s, s.Length - 32)) * factor;
        ulong h = (z + Word(s, s.Length - 24)) * factor;
        return Combine(Right(e + f, 43) + Right(g, 30) + h, e + Right(f + a, 18) + g, factor);
    }

    private static ulong Longer(ReadOnlySpan<byte> s)
    {
        ulong x = 81;
        ulong y = (x * K1) + 113;
        ulong z = Mix((y * K2) + 113) * K2;
        x = (x * K2) + Word(s, 0);
        (ulong First, ulong Second) v = default, w = default;
        int end = (s.Length - 1) / 64 * 64;
        for (int at = 0; at < end; at += 64) Step(s[at..], K1, ref x, ref y, ref z, ref v, ref w, 1);

        // The last 64 bytes, some of which the loop may have seen.
        ulong factor = K1 + ((z & 0xff) << 1);
        w.First += (ulong)((s.Length - 1) & 63);
        v.First += w.First;
        w.First += v.First;
        Step(s[^64..], factor, ref x, ref y, ref z, ref v, ref w, 9);
        return Combine(Combine(v.First, w.First, factor) + (Mix(y) * K0) + z, Combine(v.Second, w.Second, factor) + x, factor);
    }

    /// <summary>Takes in 64 bytes.</summary>
    private static void Step(ReadOnlySpan<byte> s, ulong factor, ref ulong x, ref ulong y, ref ulong z, ref (ulong First, ulong Second) v, ref (ulong First, ulong Second) w, ulong weight)
    {
        x = Right(x + y + v.First + Word(s, 8), 37) * factor;
        y = Right(y + v.Second + Word(s, 48), 42) * factor;
        x ^= w.Second * weight;
        y += (v.First * weight) + Word(s, 40);
        z = Right(z + w.First, 33) * factor;
        v = Weak(s, v.Second * factor, x + w.First);
        w = Weak(s[32..], z + w.Second, y + Word(s, 16));
        (x, z) = (z, x);
    }

    /// <summary>Two words of 32 bytes and two seeds.</summary>
    private static (ulong First, ulong Second) Weak(ReadOnlySpan<byte> s, ulong a, ulong b)
    {
        ulong last = Word(s, 24);
        a += Word(s, 0);
        b = Right(b + a + last, 21);
        ulong first = a;
        a += Word(s, 8) + Word(s, 16);
        return (a + last, b + Right(a, 44) + first);
    }

    private static ulong FactorOf(ReadOnlySpan<byte> s) => K2 + ((ulong)s.Length * 2);

    private static ulong Combine(ulong u, ulong v, ulong factor)
    {
        ulong a = Mix((u ^ v) * factor);
        return Mix((v ^ a) * factor) * factor;
    }

    private static ulong Mix(ulong value) => value ^ (value >> 47);

    private static ulong Right(ulong value, int bits) => BitOperations.RotateRight(value, bits);

    private static ulong Word(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt64LittleEndian(s[at..]);

    private static uint Half(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt32LittleEndian(s[at..]);
}
