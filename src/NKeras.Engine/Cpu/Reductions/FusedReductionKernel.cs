using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Reduces what an element-wise kernel computes, without ever storing all of it.</summary>
internal sealed unsafe class FusedReductionKernel
{
    private readonly ReductionPlan _plan;
    private readonly ElementwiseKernel _producer;

    /// <summary>Prepares a reduction.</summary>
    /// <param name="kind">What elements become.</param>
    /// <param name="producer">A kernel with one output, which is reduced.</param>
    /// <param name="shape">The shape of that output.</param>
    /// <param name="reduced">Per axis, whether it is reduced.</param>
    /// <param name="level">The vector width.</param>
    public FusedReductionKernel(ReductionKind kind, ElementwiseKernel producer, ReadOnlySpan<int> shape, ReadOnlySpan<bool> reduced, SimdLevel level)
    {
        _plan = new ReductionPlan(kind, shape, reduced, level);
        _producer = producer;
        if (producer.Program.Outputs.Length != 1)
            throw new ArgumentException($"The producer has {producer.Program.Outputs.Length} outputs; one can be reduced.", nameof(producer));
        if (producer.Program.OutputType(0) != kind.ElementType())
            throw new ArgumentException($"{kind} cannot reduce {producer.Program.OutputType(0)}.", nameof(producer));
        if (producer.Count != _plan.InputCount)
            throw new ArgumentException($"The producer gives {producer.Count} elements, the shape has {_plan.InputCount}.", nameof(producer));
    }

    /// <summary>The number of elements of the output.</summary>
    public nint OutputCount => _plan.OutputCount;

    /// <summary>Computes and reduces all elements. Allocates nothing.</summary>
    /// <param name="inputs">The inputs of the producer.</param>
    /// <param name="output">Where the results go.</param>
    /// <param name="pool">The threads.</param>
    public void Run(void** inputs, void* output, WorkerPool pool) => _plan.Run(new ReductionSource(_producer, inputs), output, pool);
}
