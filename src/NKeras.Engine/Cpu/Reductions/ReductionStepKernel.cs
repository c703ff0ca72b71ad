using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Runs one <see cref="ReductionStep"/>.</summary>
/// <remarks>
/// The work is cut into units by size alone: blocks of a row, or blocks of rows times stretches of columns. Each unit
/// gives partial totals, which are combined in pairs in a fixed order: results have the same bits for any number of
/// threads, and rounding errors stay small.
/// </remarks>
internal abstract unsafe class ReductionStepKernel(ReductionStep step, ReductionFunctions functions)
{
    /// <summary>The most elements a source computes at once.</summary>
    protected const int TileLength = 16 * 1024;

    /// <summary>About how many elements a part has.</summary>
    protected const int PartLength = 32 * 1024;

    /// <summary>The step.</summary>
    protected ReductionStep Step { get; } = step;

    /// <summary>The inner loops.</summary>
    protected ReductionFunctions Functions { get; } = functions;

    /// <summary>The floats needed for partial totals while the step runs.</summary>
    public abstract nint PartialFloats { get; }

    /// <summary>The number of units of work.</summary>
    protected abstract nint Units { get; }

    /// <summary>The number of elements of a unit.</summary>
    protected abstract nint UnitLength { get; }

    private nint UnitsPerPart => Math.Max(1, PartLength / UnitLength);

    /// <summary>A kernel for a step.</summary>
    public static ReductionStepKernel Create(ReductionStep step, ReductionFunctions functions) =>
        step.Inner == 1 ? new RowReduction(step, functions) : new ColumnReduction(step, functions);

    /// <summary>Reduces all elements.</summary>
    /// <param name="source">The elements.</param>
    /// <param name="results">Where the totals go.</param>
    /// <param name="partials">Memory for partial totals.</param>
    /// <param name="pool">The threads.</param>
    public void Run(ReductionSource source, float* results, float* partials, WorkerPool pool)
    {
        RunContext context = new(this, source, PartialFloats == 0 ? results : partials);
        pool.Run((int)((Units + UnitsPerPart - 1) / UnitsPerPart), &RunPart, Unsafe.AsPointer(ref context));
        if (PartialFloats != 0) CombinePartials(partials, results);
    }

    /// <summary>Computes the partial totals of a range of units.</summary>
    /// <param name="source">The elements.</param>
    /// <param name="totals">The partial totals of all units; where there is one unit for each, the results.</param>
    /// <param name="first">The first unit.</param>
    /// <param name="end">The unit after the last one.</param>
    /// <param name="tile">Room for <see cref="TileLength"/> computed elements.</param>
    protected abstract void RunUnits(in ReductionSource source, float* totals, nint first, nint end, void* tile);

    /// <summary>Makes results of the partial totals.</summary>
    protected abstract void CombinePartials(float* partials, float* results);

    [SkipLocalsInit]
    private static void RunPart(void* context, int part)
    {
        ref RunContext run = ref Unsafe.AsRef<RunContext>(context);
        ReductionStepKernel kernel = run.Kernel;
        nint first = part * kernel.UnitsPerPart, end = Math.Min(first + kernel.UnitsPerPart, kernel.Units);
        if (run.Source.IsComputed)
        {
            byte* memory = stackalloc byte[(TileLength * sizeof(float)) + TailLoop.VectorBytes];
            void* tile = (void*)(((nint)memory + TailLoop.VectorBytes - 1) & -TailLoop.VectorBytes);
            kernel.RunUnits(in run.Source, run.Totals, first, end, tile);
        }
        else
        {
            kernel.RunUnits(in run.Source, run.Totals, first, end, null);
        }
    }

    /// <summary>What the parts of one run share. It lives on the stack of the caller, which waits for all parts.</summary>
    private readonly struct RunContext(ReductionStepKernel kernel, ReductionSource source, float* totals)
    {
        public readonly ReductionStepKernel Kernel = kernel;
        public readonly ReductionSource Source = source;
        public readonly float* Totals = totals;
    }
}
