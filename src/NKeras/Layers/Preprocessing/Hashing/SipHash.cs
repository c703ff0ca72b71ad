using System.Buffers.Binary;
using System.Numerics;

namespace NKeras.Layers.Preprocessing;

/// <summary>
/// SipHash-2-4, a hash of bytes with a secret key, as in "SipHash: a fast short-input PRF" (Aumasson and Bernstein, 2012): TensorFlow's
/// <c>StrongKeyedHash</c>.
/// </summary>
internal static class SipHash
{
    /// <summary>The hash of some bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="key">The key's two halves, of 64 bits each.</param>
    public static ulong Of(ReadOnlySpan<byte> bytes, (ulong First, ulong Second) key)
    {
        State state = new(key);
        int whole = bytes.Length & ~7;
        for (int at = 0; at < whole; at += 8) state.Take(BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]));

        // What is left over, with the length in the highest byte.
        ulong last = (ulong)bytes.Length << 56;
        for (int i = whole; i < bytes.Length; i++) last |= (ulong)bytes[i] << (8 * (i - whole));
        state.Take(last);
        return state.End();
    }

    private struct State((ulong First, ulong Second) key)
    {
        private ulong _a = key.First ^ 0x736f6d6570736575;
        private ulong _b = key.Second ^ 0x646f72616e646f6d;
        private ulong _c = key.First ^ 0x6c7967656e657261;
        private ulong _d = key.Second ^ 0x7465646279746573;

        public void Take(ulong word)
        {
            _d ^= word;
            Round();
            Round();
            _a ^= word;
        }

        public ulong End()
        {
            _c ^= 0xff;
            for (int i = 0; i < 4; i++) Round();
            return _a ^ _b ^ _c ^ _d;
        }

        private void Round()
        {
            _a += _b;
            _c += _d;
            _b = BitOperations.RotateLeft(_b, 13) ^ _a;
            _d = BitOperations.RotateLeft(_d, 16) ^ _c;
            _a = BitOperations.RotateLeft(_a, 32);
            _c += _b;
            _a += _d;
            _b = BitOperations.RotateLeft(_b, 17) ^ _c;
            _d = BitOperations.RotateLeft(_d, 21) ^ _a;
            _c = BitOperations.RotateLeft(_c, 32);
        }
    }
}
