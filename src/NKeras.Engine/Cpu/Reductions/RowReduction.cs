namespace NKeras.Engine.Cpu;

/// <summary>Reduces the innermost axis: every row to one total.</summary>
internal sealed unsafe class RowReduction : ReductionStepKernel
{
    private const int BlockLength = 8 * 1024;

    private readonly nint _blocks;

    /// <summary>Plans the step.</summary>
    public RowReduction(ReductionStep step, ReductionFunctions functions)
        : base(step, functions) => _blocks = (step.Reduced + BlockLength - 1) / BlockLength;

    /// <inheritdoc/>
    public override nint PartialFloats => _blocks == 1 ? 0 : Units;

    /// <inheritdoc/>
    protected override nint Units => Step.Outer * _blocks;

    /// <inheritdoc/>
    protected override nint UnitLength => Math.Min(Step.Reduced, BlockLength);

    /// <inheritdoc/>
    protected override void RunUnits(in ReductionSource source, float* totals, nint first, nint end, void* tile)
    {
        nint together = _blocks > 1 ? 1 : source.IsComputed ? TileLength / Step.Reduced : end - first;
        for (nint unit = first; unit < end; unit += together)
        {
            nint row = unit / _blocks, column = unit % _blocks * BlockLength;
            nint start = (row * Step.Reduced) + column, length = Math.Min(BlockLength, Step.Reduced - column);
            nint units = Math.Min(together, end - unit);
            void* elements = tile;
            if (source.IsComputed) source.Compute(start, length * units, tile);
            else elements = source.At(start);
            Functions.RunRows(source.Type, elements, units, length, totals + unit);
        }
    }

    /// <inheritdoc/>
    protected override void CombinePartials(float* partials, float* results)
    {
        for (nint row = 0; row < Step.Outer; row++)
            results[row] = Functions.Run(ElementwiseType.Float32, partials + (row * _blocks), _blocks);
    }
}
