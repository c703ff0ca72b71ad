using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs an <see cref="ArgReduce"/> node over floats.</summary>
internal sealed unsafe class ArgReduceKernel : Kernel
{
    private readonly ArgReductionKernel _kernel;
    private readonly int _input;
    private readonly int _output;

    private ArgReduceKernel(KernelRequest request, ArgReduce node)
    {
        _kernel = new ArgReductionKernel(node.Max, request.Input(0).Shape.Dims, node.Axis, Simd.Level);
        _input = request.InputSlots[0];
        _output = request.OutputSlots[0];
    }

    /// <summary>The kernel, which is another one for other types.</summary>
    public static Kernel Create(KernelRequest request) =>
        request.Input(0).DType == DType.Float32 ? new ArgReduceKernel(request, (ArgReduce)request.Node.Primitive) : TypedArgReduceKernel.Create(request);

    public override void Run(void** slots, WorkerPool pool) => _kernel.Run((float*)slots[_input], (int*)slots[_output], pool);
}
