namespace NKeras.Engine.Cpu;

/// <summary>Packs buffers into one arena so that no two alive at the same time overlap.</summary>
/// <remarks>Greedy by size: the largest first, each into the lowest gap that is free during its life (Pisarchyk and Lee, 2020).</remarks>
internal sealed class MemoryPlanner
{
    private const long Alignment = 64;

    /// <summary>The arena's size.</summary>
    public long Bytes { get; private set; }

    /// <summary>The offset of each buffer.</summary>
    public long[] Assign(IReadOnlyList<Lifetime> buffers)
    {
        long[] offsets = new long[buffers.Count];
        List<int> placed = [];
        foreach (int i in Enumerable.Range(0, buffers.Count).OrderByDescending(i => buffers[i].Bytes).ThenBy(i => i))
        {
            long offset = 0;
            foreach (int j in placed.Where(j => buffers[j].Overlaps(buffers[i])).OrderBy(j => offsets[j]))
            {
                if (offset + Size(buffers[i]) <= offsets[j]) break;
                offset = Math.Max(offset, offsets[j] + Size(buffers[j]));
            }

            offsets[i] = offset;
            placed.Add(i);
            Bytes = Math.Max(Bytes, offset + Size(buffers[i]));
        }

        return offsets;
    }

    private static long Size(Lifetime buffer) => (Math.Max(buffer.Bytes, 1) + Alignment - 1) / Alignment * Alignment;
}
