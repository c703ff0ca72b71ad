using NKeras.Engine.Cpu;

namespace NKeras.Engine.Tests.Cpu;

/// <summary>Tests that change process-wide CPU switches run one after the other.</summary>
[CollectionDefinition("Simd", DisableParallelization = true)]
public sealed class SimdCollection;

internal static class SimdLevels
{
    /// <summary>The levels this machine supports.</summary>
    public static IEnumerable<SimdLevel> All => Enum.GetValues<SimdLevel>().Where(level => level <= Simd.Widest);
}
