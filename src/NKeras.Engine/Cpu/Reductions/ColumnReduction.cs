using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Reduces an axis that others follow: rows are combined column by column.</summary>
/// <remarks>
/// Few columns would leave most of a vector empty. Several rows then make one wide row whose length is a whole number
/// of vectors, and the totals of the wide row are combined at the end.
/// </remarks>
internal sealed unsafe class ColumnReduction : ReductionStepKernel
{
    private const int NarrowColumns = 64;
    private const int MostLanes = 16;
    private const int ShortestWideRow = 128;
    private const int ChunkColumns = 1024;
    private const int WidestChunk = 2 * ChunkColumns;
    private const int FewestRows = 32;
    private const int RowsTogether = 8;

    private readonly nint _wide;
    private readonly nint _chunks;
    private readonly nint _rowsPerBlock;
    private readonly nint _blocks;
    private readonly nint _partialStride;

    /// <summary>Plans the step.</summary>
    public ColumnReduction(ReductionStep step, ReductionFunctions functions)
        : base(step, functions)
    {
        _wide = step.Inner < NarrowColumns ? WideRow(step.Inner) : 0;
        _chunks = Math.Max(1, step.Inner / ChunkColumns); // The last one takes what is left, too.
        nint columns = Math.Min(step.Inner, ChunkColumns);
        _rowsPerBlock = Math.Max(FewestRows, PartLength / columns);
        _blocks = (step.Reduced + _rowsPerBlock - 1) / _rowsPerBlock;
        _partialStride = _blocks == 1 ? step.Inner : (step.Inner + MostLanes - 1) & -MostLanes;
    }

    /// <inheritdoc/>
    public override nint PartialFloats => _blocks == 1 ? 0 : Step.Outer * _blocks * _partialStride;

    /// <inheritdoc/>
    protected override nint Units => Step.Outer * _blocks * _chunks;

    /// <inheritdoc/>
    protected override nint UnitLength => Math.Min(Step.Reduced, _rowsPerBlock) * Math.Min(Step.Inner, ChunkColumns);

    /// <inheritdoc/>
    [SkipLocalsInit]
    protected override void RunUnits(in ReductionSource source, float* totals, nint first, nint end, void* tile)
    {
        float* columns = stackalloc float[WidestChunk + MostLanes];
        for (nint unit = first; unit < end; unit++)
        {
            nint chunk = unit % _chunks, block = unit / _chunks % _blocks, outer = unit / _chunks / _blocks;
            nint column = chunk * ChunkColumns, row = block * _rowsPerBlock;
            nint width = chunk == _chunks - 1 ? Step.Inner - column : ChunkColumns;
            nint rows = Math.Min(_rowsPerBlock, Step.Reduced - row);
            nint start = (((outer * Step.Reduced) + row) * Step.Inner) + column;
            float* target = totals + (((outer * _blocks) + block) * _partialStride) + column;
            if (_wide != 0) RunNarrow(in source, columns, start, rows, tile, target);
            else RunChunk(in source, columns, start, rows, width, tile, target);
        }
    }

    /// <inheritdoc/>
    protected override void CombinePartials(float* partials, float* results)
    {
        for (nint outer = 0; outer < Step.Outer; outer++)
        {
            float* blocks = partials + (outer * _blocks * _partialStride);
            for (nint distance = 1; distance < _blocks; distance *= 2)
            {
                for (nint i = 0; i + distance < _blocks; i += 2 * distance)
                    Functions.Combine(blocks + (i * _partialStride), blocks + ((i + distance) * _partialStride), Step.Inner);
            }

            Copy(blocks, results + (outer * Step.Inner), Step.Inner);
        }
    }

    /// <summary>The smallest number of whole rows that is a whole number of vectors, or some more.</summary>
    private static nint WideRow(nint columns)
    {
        nint length = columns;
        while (length % MostLanes != 0) length += columns;
        return length * ((ShortestWideRow + length - 1) / length);
    }

    private static void Copy(float* source, float* target, nint count) =>
        Buffer.MemoryCopy(source, target, count * sizeof(float), count * sizeof(float));

    private void RunChunk(in ReductionSource source, float* columns, nint start, nint rows, nint width, void* tile, float* target)
    {
        new Span<float>(columns, (int)width + MostLanes).Fill(Functions.Identity);
        if (source.IsComputed)
        {
            nint together = TileLength / width / RowsTogether * RowsTogether;
            for (nint row = 0; row < rows; row += together)
            {
                nint count = Math.Min(together, rows - row);
                ComputeRows(in source, start + (row * Step.Inner), count, width, tile);
                Functions.Accumulate(source.Type, tile, width, count, width, columns);
            }
        }
        else
        {
            Functions.Accumulate(source.Type, source.At(start), Step.Inner, rows, width, columns);
        }

        // The totals of the last columns come in a vector of their own.
        nint whole = width - (width % Functions.Lanes);
        if (whole < width) Copy(columns + whole, columns + width - Functions.Lanes, Functions.Lanes);
        Copy(columns, target, width);
    }

    private void ComputeRows(in ReductionSource source, nint start, nint rows, nint width, void* tile)
    {
        if (width == Step.Inner)
        {
            source.Compute(start, rows * width, tile);
            return;
        }

        for (nint row = 0; row < rows; row++)
            source.Compute(start + (row * Step.Inner), width, (byte*)tile + (row * width * source.Type.Size()));
    }

    [SkipLocalsInit]
    private void RunNarrow(in ReductionSource source, float* columns, nint start, nint rows, void* tile, float* target)
    {
        nint length = rows * Step.Inner;
        nint together = Math.Max(RowsTogether, TileLength / _wide / RowsTogether * RowsTogether) * _wide;
        new Span<float>(columns, (int)_wide + MostLanes).Fill(Functions.Identity);
        float* rest = stackalloc float[WidestChunk];
        for (nint done = 0; done < length; done += together)
        {
            nint count = Math.Min(together, length - done);
            byte* elements = (byte*)tile;
            if (source.IsComputed) source.Compute(start + done, count, tile);
            else elements = (byte*)source.At(start + done);

            nint whole = count - (count % _wide);
            Functions.Accumulate(source.Type, elements, _wide, whole / _wide, _wide, columns);
            if (whole == count) continue;
            Functions.Load(source.Type, elements + (whole * source.Type.Size()), count - whole, rest);
            Functions.Combine(columns, rest, count - whole);
        }

        Copy(columns, rest, Step.Inner);
        for (nint offset = Step.Inner; offset < _wide; offset += Step.Inner) Functions.Combine(rest, columns + offset, Step.Inner);
        Copy(rest, target, Step.Inner);
    }
}
