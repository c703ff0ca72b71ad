using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace NKeras.Engine.Cpu;

/// <summary>The size of the register block for each vector width.</summary>
/// <remarks>
/// AVX-512: 16 of the 32 registers hold a block of 8 × 32, or 24 one of 8 × 48; the wider one loads less per product,
/// but is no faster, and its panels of B outgrow the first-level cache. AVX2: 12 of the 16 registers hold 6 × 16.
/// 128 bits: 8 × 12 in the 32 registers of Arm64, 6 × 8 in the 16 of x64.
/// </remarks>
internal static class GemmBlock
{
    /// <summary>Rows of the largest block.</summary>
    public static int Rows(int width) => width == Vector512<float>.Count || Wide128(width) ? 8 : 6;

    /// <summary>Vectors in a row of the block that is used where C has room for many.</summary>
    public static int Vectors(int width) => Wide128(width) ? 3 : 2;

    /// <summary>Vectors in a row of the widest block, at most one more: it spares an odd vector a block of its own.</summary>
    public static int MostVectors(int width) => width == Vector512<float>.Count ? 3 : Vectors(width);

    private static bool Wide128(int width) => AdvSimd.IsSupported && width == Vector128<float>.Count;
}
