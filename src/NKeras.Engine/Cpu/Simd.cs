using System.Runtime.Intrinsics.X86;

namespace NKeras.Engine.Cpu;

/// <summary>Chooses the vector width of the CPU kernels at run time.</summary>
/// <remarks>
/// The widest level this machine supports is used unless the environment variable <c>NKERAS_SIMD</c>
/// (<c>avx512</c>, <c>avx2</c> or <c>vector128</c>) or <see cref="Level"/> asks for a narrower one. Every level can
/// therefore be tested on a machine that has the widest.
/// </remarks>
public static class Simd
{
    /// <summary>The widest level this machine supports.</summary>
    public static SimdLevel Widest { get; } =
        Avx512F.IsSupported && Avx512DQ.IsSupported && Avx512BW.IsSupported && Avx512F.VL.IsSupported ? SimdLevel.Avx512
        : Avx2.IsSupported && Fma.IsSupported ? SimdLevel.Avx2
        : SimdLevel.Vector128;

    // After Widest: static initialisers run in order.
    private static SimdLevel _level = FromEnvironment();

    /// <summary>The level in use. Executables compiled earlier keep the level they were compiled for.</summary>
    /// <exception cref="PlatformNotSupportedException">The machine does not support the level.</exception>
    public static SimdLevel Level
    {
        get => _level;
        set => _level = value <= Widest
            ? value
            : throw new PlatformNotSupportedException($"SIMD level {value} was asked for, but this machine supports at most {Widest}.");
    }

    private static SimdLevel FromEnvironment() => Environment.GetEnvironmentVariable("NKERAS_SIMD")?.ToLowerInvariant() switch
    {
        null or "" => Widest,
        "avx512" when Widest >= SimdLevel.Avx512 => SimdLevel.Avx512,
        "avx2" when Widest >= SimdLevel.Avx2 => SimdLevel.Avx2,
        "vector128" => SimdLevel.Vector128,
        var other => throw new PlatformNotSupportedException(
            $"NKERAS_SIMD='{other}' is not one of avx512, avx2, vector128, or this machine lacks it (it supports at most {Widest})."),
    };
}
