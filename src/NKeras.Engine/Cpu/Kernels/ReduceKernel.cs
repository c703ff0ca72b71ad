using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="Reduce"/> node over floats or booleans.</summary>
internal sealed unsafe class ReduceKernel : Kernel
{
    private readonly ReductionKernel _kernel;
    private readonly int _input;
    private readonly int _output;

    private ReduceKernel(KernelRequest request, Reduce reduce)
    {
        Shape shape = request.Input(0).Shape;
        _kernel = new ReductionKernel(reduce.Kind, shape.Dims, Reduced(reduce, shape.Rank), Simd.Level);
        _input = request.InputSlots[0];
        _output = request.OutputSlots[0];
    }

    /// <summary>The kernel, which is another one for other types; null where the type has none.</summary>
    public static Kernel? Create(KernelRequest request)
    {
        Reduce reduce = (Reduce)request.Node.Primitive;
        return ElementwiseTypes.Of(request.Input(0).DType) == reduce.Kind.ElementType() ? new ReduceKernel(request, reduce) : TypedReductions.Create(request);
    }

    /// <summary>Per axis, whether it is reduced.</summary>
    public static bool[] Reduced(Reduce reduce, int rank) => [.. Enumerable.Range(0, rank).Select(reduce.Axes.Contains)];

    public override void Run(void** slots, WorkerPool pool) => _kernel.Run(slots[_input], slots[_output], pool);
}
