namespace NKeras.Engine.Cpu;

/// <summary>Copies runs of bytes that are contiguous on both sides.</summary>
internal sealed unsafe class RunCopyKernel(CopyEnds ends, CopyAxis[] axes, long run)
    : PartedKernel(Parts.Count(CopyAxis.Count(axes) * run, Parts.CopyBytes))
{
    protected override void RunPart(void** slots, int part)
    {
        byte* source = ends.Source(slots), target = ends.Target(slots);
        if (axes.Length == 0)
        {
            long first = Start(part, run), bytes = Start(part + 1, run) - first;
            Buffer.MemoryCopy(source + first, target + first, bytes, bytes);
            return;
        }

        long items = CopyAxis.Count(axes), start = Start(part, items), end = Start(part + 1, items);
        CopyWalker walker = new(axes, start, stackalloc long[axes.Length]);
        for (long i = start; i < end; i++, walker.Next())
            Buffer.MemoryCopy(source + walker.Source, target + walker.Target, run, run);
    }
}
