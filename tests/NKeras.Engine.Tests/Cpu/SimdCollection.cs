using NKeras.Engine.Cpu;

namespace NKeras.Engine.Tests.Cpu;

/// <summary>Tests that change <see cref="Simd.Level"/>: they run one after the other.</summary>
[CollectionDefinition("Simd", DisableParallelization = true)]
public sealed class SimdCollection
{
    /// <summary>Runs a test at every level of this machine, and puts the level back.</summary>
    internal static void AtEveryLevel(Action<SimdLevel> test)
    {
        SimdLevel before = Simd.Level;
        try
        {
            for (SimdLevel level = SimdLevel.Vector128; level <= Simd.Widest; level++)
            {
                Simd.Level = level;
                test(level);
            }
        }
        finally
        {
            Simd.Level = before;
        }
    }
}
