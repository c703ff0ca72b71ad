using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Reduces a row-major tensor over some of its axes.</summary>
internal sealed unsafe class ReductionKernel
{
    private readonly ReductionPlan _plan;
    private readonly ElementwiseType _type;

    /// <summary>Prepares a reduction.</summary>
    /// <param name="kind">What elements become.</param>
    /// <param name="shape">The shape of the input.</param>
    /// <param name="reduced">Per axis, whether it is reduced.</param>
    /// <param name="level">The vector width.</param>
    public ReductionKernel(ReductionKind kind, ReadOnlySpan<int> shape, ReadOnlySpan<bool> reduced, SimdLevel level)
    {
        _plan = new ReductionPlan(kind, shape, reduced, level);
        _type = kind.ElementType();
    }

    /// <summary>The number of elements of the output.</summary>
    public nint OutputCount => _plan.OutputCount;

    /// <summary>Reduces all elements. Allocates nothing.</summary>
    /// <param name="input">Floats; bytes that are 0 or 1 for <see cref="ReductionKind.Any"/> and <see cref="ReductionKind.All"/>.</param>
    /// <param name="output">Where the results go, of the same type.</param>
    /// <param name="pool">The threads.</param>
    public void Run(void* input, void* output, WorkerPool pool) => _plan.Run(new ReductionSource(_type, input), output, pool);
}
