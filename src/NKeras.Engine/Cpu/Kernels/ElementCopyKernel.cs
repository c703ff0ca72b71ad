namespace NKeras.Engine.Cpu;

/// <summary>Copies elements (or runs of as many bytes as <typeparamref name="T"/>) one by one, with any strides.</summary>
internal sealed unsafe class ElementCopyKernel<T> : PartedKernel
    where T : unmanaged
{
    private readonly CopyEnds _ends;
    private readonly CopyAxis[] _outer;
    private readonly CopyAxis _row;
    private readonly long _items;

    public ElementCopyKernel(CopyEnds ends, CopyAxis[] axes)
        : base(Parts.Count(CopyAxis.Count(axes) * sizeof(T), Parts.CopyBytes / 2))
    {
        _ends = ends;
        _outer = axes.Length == 0 ? [] : axes[..^1];
        _row = axes.Length == 0 ? new CopyAxis(1, 0, 0) : axes[^1];
        _items = CopyAxis.Count(axes);
    }

    protected override void RunPart(void** slots, int part)
    {
        byte* source = _ends.Source(slots), target = _ends.Target(slots);
        long item = Start(part, _items), end = Start(part + 1, _items);
        (long row, long at) = Math.DivRem(item, _row.Length);
        CopyWalker walker = new(_outer, row, stackalloc long[_outer.Length]);
        while (item < end)
        {
            long count = Math.Min(_row.Length - at, end - item);
            CopyRow(source + walker.Source + (at * _row.Source), target + walker.Target + (at * _row.Target), count);
            item += count;
            at = 0;
            walker.Next();
        }
    }

    private void CopyRow(byte* source, byte* target, long count)
    {
        long sourceStep = _row.Source, targetStep = _row.Target;
        if (sourceStep == 0 && targetStep == sizeof(T))
        {
            new Span<T>(target, (int)count).Fill(*(T*)source);
            return;
        }

        for (; count > 0; count--, source += sourceStep, target += targetStep) *(T*)target = *(T*)source;
    }
}
