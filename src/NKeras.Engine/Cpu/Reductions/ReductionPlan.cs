using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>The steps of a reduction and the memory between them.</summary>
internal sealed unsafe class ReductionPlan
{
    private const int AlignmentFloats = 16;

    private readonly ReductionKind _kind;
    private readonly ReductionLayout _layout;
    private readonly ReductionStepKernel[] _steps;
    private readonly float _identity;
    private readonly nint _scratchFloats;

    /// <summary>Plans a reduction.</summary>
    public ReductionPlan(ReductionKind kind, ReadOnlySpan<int> shape, ReadOnlySpan<bool> reduced, SimdLevel level)
    {
        _kind = kind;
        _layout = new ReductionLayout(shape, reduced);
        ReductionFunctions functions = ReductionFunctions.For(kind, level);
        _identity = functions.Identity;
        _steps = Array.ConvertAll(_layout.Steps, step => ReductionStepKernel.Create(step, functions));
        for (int i = 0; i < _steps.Length; i++)
            _scratchFloats += RoundUp(_steps[i].PartialFloats) + RoundUp(_layout.Steps[i].Results);
    }

    /// <summary>The number of elements of the input.</summary>
    public nint InputCount => _layout.InputCount;

    /// <summary>The number of elements of the output.</summary>
    public nint OutputCount => _layout.OutputCount;

    /// <summary>Reduces all elements. Allocates nothing.</summary>
    public void Run(ReductionSource source, void* output, WorkerPool pool)
    {
        if (_steps.Length == 0)
        {
            FillWithIdentity(output);
            return;
        }

        float* scratch = (float*)Scratch.Get(ScratchUse.Reduction, (nuint)_scratchFloats * sizeof(float));
        for (int i = 0; i < _steps.Length; i++)
        {
            float* partials = scratch;
            scratch += RoundUp(_steps[i].PartialFloats);
            bool direct = i == _steps.Length - 1 && !_kind.IsLogical();
            float* results = direct ? (float*)output : scratch;
            scratch += RoundUp(_layout.Steps[i].Results);
            _steps[i].Run(source, results, partials, pool);
            source = new ReductionSource(ElementwiseType.Float32, results);
        }

        if (!_kind.IsLogical()) return;
        int* masks = (int*)source.At(0);
        for (nint i = 0; i < OutputCount; i++) ((byte*)output)[i] = (byte)(masks[i] & 1);
    }

    private static nint RoundUp(nint floats) => (floats + AlignmentFloats - 1) & -AlignmentFloats;

    private void FillWithIdentity(void* output)
    {
        for (nint i = 0; i < OutputCount; i++)
        {
            if (_kind.IsLogical()) ((byte*)output)[i] = (byte)(_kind == ReductionKind.All ? 1 : 0);
            else ((float*)output)[i] = _identity;
        }
    }
}
