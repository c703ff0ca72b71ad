namespace NKeras.Engine.Cpu;

/// <summary>An axis that is copied along: its length, and how many bytes apart neighbours are on either side.</summary>
internal readonly record struct CopyAxis(long Length, long Source, long Target)
{
    /// <summary>The number of elements of some axes together.</summary>
    public static long Count(ReadOnlySpan<CopyAxis> axes)
    {
        long count = 1;
        foreach (CopyAxis axis in axes) count *= axis.Length;
        return count;
    }
}
