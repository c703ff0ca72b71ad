using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Copies where an axis that is contiguous in the source is not the one that is contiguous in the target, tile by tile.</summary>
/// <remarks>A tile's lines of both sides stay in the first-level cache while all their elements are used.</remarks>
internal sealed unsafe class TileCopyKernel<T> : PartedKernel
    where T : unmanaged
{
    private const int Side = 16;

    private readonly CopyEnds _ends;
    private readonly CopyAxis[] _outer;
    private readonly CopyAxis _column;
    private readonly CopyAxis _row;
    private readonly long _stripes;
    private readonly long _items;

    /// <param name="ends">The buffers.</param>
    /// <param name="outer">The other axes.</param>
    /// <param name="column">The axis that is contiguous in the source.</param>
    /// <param name="row">The axis that is contiguous in the target.</param>
    public TileCopyKernel(CopyEnds ends, CopyAxis[] outer, CopyAxis column, CopyAxis row)
        : base(Parts.Count(CopyAxis.Count(outer) * column.Length * row.Length * sizeof(T), Parts.CopyBytes / 2))
    {
        _ends = ends;
        _outer = outer;
        _column = column;
        _row = row;
        _stripes = (column.Length + Side - 1) / Side;
        _items = CopyAxis.Count(outer) * _stripes;
    }

    protected override void RunPart(void** slots, int part)
    {
        byte* source = _ends.Source(slots), target = _ends.Target(slots);
        long item = Start(part, _items), end = Start(part + 1, _items);
        (long block, long stripe) = Math.DivRem(item, _stripes);
        CopyWalker walker = new(_outer, block, stackalloc long[_outer.Length]);
        for (; item < end; item++)
        {
            long first = stripe * Side;
            CopyStripe(
                source + walker.Source + (first * sizeof(T)),
                target + walker.Target + (first * _column.Target),
                (int)Math.Min(Side, _column.Length - first));
            if (++stripe < _stripes) continue;
            stripe = 0;
            walker.Next();
        }
    }

    private void CopyStripe(byte* source, byte* target, int columns)
    {
        // Through a buffer: lines a power of two apart would evict each other while the tile is read by columns.
        T* tile = stackalloc T[Side * Side];
        long sourceStep = _row.Source, targetStep = _column.Target;
        for (long start = 0; start < _row.Length; start += Side)
        {
            int rows = (int)Math.Min(Side, _row.Length - start);
            byte* from = source + (start * sourceStep), to = target + (start * sizeof(T));
            if (rows == Side && columns == Side)
            {
                for (int r = 0; r < Side; r++) Unsafe.CopyBlockUnaligned(tile + (r * Side), from + (r * sourceStep), (uint)(Side * sizeof(T)));
                for (int c = 0; c < Side; c++)
                {
                    T* line = (T*)(to + (c * targetStep)), column = tile + c;
                    for (int r = 0; r < Side; r += 4)
                    {
                        line[r] = column[r * Side];
                        line[r + 1] = column[(r + 1) * Side];
                        line[r + 2] = column[(r + 2) * Side];
                        line[r + 3] = column[(r + 3) * Side];
                    }
                }

                continue;
            }

            for (int c = 0; c < columns; c++)
            {
                T* line = (T*)(to + (c * targetStep));
                byte* next = from + (c * sizeof(T));
                for (int r = 0; r < rows; r++, next += sourceStep) line[r] = *(T*)next;
            }
        }
    }
}
