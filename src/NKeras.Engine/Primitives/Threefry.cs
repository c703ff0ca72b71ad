using System.Numerics;

namespace NKeras.Engine.Primitives;

/// <summary>The Threefry-2x32 block function with 20 rounds (Salmon et al., 2011).</summary>
internal static class Threefry
{
    /// <summary>The key schedule's parity constant.</summary>
    public const uint Parity = 0x1BD11BDA;

    /// <summary>The rotation distances of rounds 0-3 and, alternating with them, 4-7.</summary>
    public static ReadOnlySpan<int> Rotations => [13, 15, 26, 6, 17, 29, 16, 24];

    /// <summary>Scrambles a counter under a key.</summary>
    public static (uint A, uint B) Block(uint key0, uint key1, uint a, uint b)
    {
        ReadOnlySpan<uint> key = [key0, key1, key0 ^ key1 ^ Parity];
        a += key0;
        b += key1;
        for (uint group = 0; group < 5; group++)
        {
            for (int round = 0; round < 4; round++)
            {
                a += b;
                b = BitOperations.RotateLeft(b, Rotations[(int)((group & 1) * 4) + round]) ^ a;
            }

            a += key[(int)((group + 1) % 3)];
            b += key[(int)((group + 2) % 3)] + group + 1;
        }

        return (a, b);
    }
}
