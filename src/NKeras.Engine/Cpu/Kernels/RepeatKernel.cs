namespace NKeras.Engine.Cpu;

/// <summary>Copies each element of rows a few times in a row.</summary>
/// <param name="ends">The buffers.</param>
/// <param name="outer">The axes around the rows.</param>
/// <param name="row">The axis of the elements.</param>
/// <param name="times">How often each is copied.</param>
internal sealed unsafe class RepeatKernel<T>(CopyEnds ends, CopyAxis[] outer, CopyAxis row, int times)
    : PartedKernel(Parts.Count(CopyAxis.Count(outer) * row.Length * times * sizeof(T), Parts.CopyBytes / 2))
    where T : unmanaged
{
    // Rows that are longer than this are left to kernels that fill them at once.
    private const int MostTimes = 16;

    /// <summary>The kernel for some axes, outermost first; null if they are no such rows.</summary>
    public static Kernel? Create(CopyEnds ends, List<CopyAxis> axes)
    {
        if (axes.Count < 2 || axes[^1] is not { Source: 0, Length: <= MostTimes } copies || copies.Target != sizeof(T)) return null;
        CopyAxis row = axes[^2];
        return row.Target == copies.Length * sizeof(T) ? new RepeatKernel<T>(ends, [.. axes[..^2]], row, (int)copies.Length) : null;
    }

    protected override void RunPart(void** slots, int part)
    {
        byte* source = ends.Source(slots), target = ends.Target(slots);
        long items = CopyAxis.Count(outer) * row.Length, item = Start(part, items), end = Start(part + 1, items);
        (long line, long at) = Math.DivRem(item, row.Length);
        CopyWalker walker = new(outer, line, stackalloc long[outer.Length]);
        while (item < end)
        {
            long count = Math.Min(row.Length - at, end - item);
            Repeat(source + walker.Source + (at * row.Source), (T*)(target + walker.Target + (at * row.Target)), count);
            item += count;
            at = 0;
            walker.Next();
        }
    }

    private void Repeat(byte* source, T* target, long count)
    {
        long step = row.Source;
        if (times == 2)
        {
            for (; count > 0; count--, source += step, target += 2) target[0] = target[1] = *(T*)source;
            return;
        }

        for (; count > 0; count--, source += step)
        {
            T element = *(T*)source;
            for (int i = times; i > 0; i--) *target++ = element;
        }
    }
}
