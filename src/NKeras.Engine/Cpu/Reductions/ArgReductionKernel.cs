using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Finds the first place of the largest or smallest float along one axis; NaN counts as either.</summary>
internal sealed unsafe class ArgReductionKernel
{
    private const int PartLength = 32 * 1024;
    private const int ChunkColumns = 1024;

    private readonly bool _max;
    private readonly nint _outer;
    private readonly nint _reduced;
    private readonly nint _inner;
    private readonly nint _chunks;
    private readonly nint _unitsPerPart;
    private readonly ReductionFunctions _functions;
    private readonly delegate*<float*, nint, float, int> _indexOf;
    private readonly delegate*<float*, nint, nint, nint, bool, float*, int*, void> _columns;

    /// <summary>Prepares a search.</summary>
    /// <param name="max">Whether the largest is looked for, not the smallest.</param>
    /// <param name="shape">The shape of the input.</param>
    /// <param name="axis">The axis that is searched; it must not be empty.</param>
    /// <param name="level">The vector width.</param>
    public ArgReductionKernel(bool max, ReadOnlySpan<int> shape, int axis, SimdLevel level)
    {
        if (shape[axis] == 0) throw new ArgumentException("No element to be found in an empty axis.", nameof(shape));
        _max = max;
        (_outer, _reduced, _inner) = (1, shape[axis], 1);
        for (int d = 0; d < axis; d++) _outer *= shape[d];
        for (int d = axis + 1; d < shape.Length; d++) _inner *= shape[d];
        _chunks = (_inner + ChunkColumns - 1) / ChunkColumns;
        nint unitLength = Math.Max(1, _reduced * Math.Min(_inner, ChunkColumns));
        _unitsPerPart = Math.Max(1, PartLength / unitLength);
        _functions = ReductionFunctions.For(max ? ReductionKind.Max : ReductionKind.Min, level);
        switch (level)
        {
            case SimdLevel.Avx512:
                _indexOf = &ArgLoops<Simd512, Vector512<float>>.IndexOf;
                _columns = &ArgLoops<Simd512, Vector512<float>>.Columns;
                break;
            case SimdLevel.Avx2:
                _indexOf = &ArgLoops<Simd256, Vector256<float>>.IndexOf;
                _columns = &ArgLoops<Simd256, Vector256<float>>.Columns;
                break;
            default:
                _indexOf = &ArgLoops<Simd128, Vector128<float>>.IndexOf;
                _columns = &ArgLoops<Simd128, Vector128<float>>.Columns;
                break;
        }
    }

    /// <summary>The number of results.</summary>
    public nint OutputCount => _outer * _inner;

    private nint Units => _outer * _chunks;

    /// <summary>Finds all places. Allocates nothing.</summary>
    public void Run(float* input, int* output, WorkerPool pool)
    {
        RunContext context = new(this, input, output);
        pool.Run((int)((Units + _unitsPerPart - 1) / _unitsPerPart), &RunPart, Unsafe.AsPointer(ref context));
    }

    [SkipLocalsInit]
    private static void RunPart(void* context, int part)
    {
        ref RunContext run = ref Unsafe.AsRef<RunContext>(context);
        ArgReductionKernel kernel = run.Kernel;
        float* best = stackalloc float[ChunkColumns];
        nint first = part * kernel._unitsPerPart, end = Math.Min(first + kernel._unitsPerPart, kernel.Units);
        for (nint unit = first; unit < end; unit++) kernel.RunUnit(run.Input, run.Output, unit, best);
    }

    private void RunUnit(float* input, int* output, nint unit, float* best)
    {
        nint outer = unit / _chunks, column = unit % _chunks * ChunkColumns;
        float* source = input + (outer * _reduced * _inner) + column;
        int* target = output + (outer * _inner) + column;
        if (_inner == 1)
            *target = _indexOf(source, _reduced, _functions.Run(ElementwiseType.Float32, source, _reduced));
        else
            _columns(source, _inner, _reduced, Math.Min(ChunkColumns, _inner - column), _max, best, target);
    }

    private readonly struct RunContext(ArgReductionKernel kernel, float* input, int* output)
    {
        public readonly ArgReductionKernel Kernel = kernel;
        public readonly float* Input = input;
        public readonly int* Output = output;
    }
}
