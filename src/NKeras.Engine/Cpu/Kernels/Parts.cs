namespace NKeras.Engine.Cpu;

/// <summary>How a kernel's work is split. Depends on sizes alone, so that results are the same for any number of threads.</summary>
internal static class Parts
{
    /// <summary>Bytes that a part of a copying kernel moves: enough to pay for waking a thread.</summary>
    public const long CopyBytes = 1 << 17;

    private const long Most = 64;

    /// <summary>The number of parts for some items, at least <paramref name="perPart"/> of them in each if there is more than one.</summary>
    public static int Count(long items, long perPart) => (int)Math.Clamp(items / Math.Max(1, perPart), 1, Most);

    /// <summary>The first item of a part; that of part <paramref name="parts"/> is the end.</summary>
    public static long Start(int part, int parts, long items) => items * part / parts;
}
