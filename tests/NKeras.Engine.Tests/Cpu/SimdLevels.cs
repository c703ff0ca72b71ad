using NKeras.Engine.Cpu;

namespace NKeras.Engine.Tests.Cpu;

/// <summary>The vector widths that tests run at.</summary>
internal static class SimdLevels
{
    /// <summary>The levels this machine supports.</summary>
    public static IEnumerable<SimdLevel> All => Enum.GetValues<SimdLevel>().Where(level => level <= Simd.Widest);
}
