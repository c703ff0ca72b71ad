namespace NKeras.Engine.Cpu;

/// <summary>The vector widths the CPU kernels are written for, narrowest first.</summary>
public enum SimdLevel
{
    /// <summary>128-bit vectors: Arm64 NEON, and x64 without AVX2.</summary>
    Vector128,

    /// <summary>256-bit vectors with fused multiply-add (AVX2 and FMA3).</summary>
    Avx2,

    /// <summary>512-bit vectors (AVX-512 F, VL, BW and DQ).</summary>
    Avx512,
}
