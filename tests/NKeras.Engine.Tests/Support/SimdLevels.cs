using NKeras.Engine.Cpu;

namespace NKeras.Engine.Tests.Support;

/// <summary>The vector widths that tests run at.</summary>
internal static class SimdLevels
{
    /// <summary>The levels this machine supports.</summary>
    public static IEnumerable<SimdLevel> All => Enum.GetValues<SimdLevel>().Where(level => level <= Simd.Widest);

    /// <summary>Runs a test at every level of this machine, and puts the level back.</summary>
    public static void ForEach(Action<SimdLevel> test)
    {
        SimdLevel before = Simd.Level;
        try
        {
            foreach (SimdLevel level in All)
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
