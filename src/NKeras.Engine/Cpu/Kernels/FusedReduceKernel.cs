using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="FusedReduce"/> node.</summary>
internal sealed unsafe class FusedReduceKernel : Kernel
{
    private readonly FusedReductionKernel _kernel;
    private readonly int[] _inputs;
    private readonly int _output;

    private FusedReduceKernel(KernelRequest request)
    {
        FusedReduce node = (FusedReduce)request.Node.Primitive;
        Shape shape = Broadcasting.Result(node.Name, [.. request.Node.Inputs.Select(v => v.Spec)]);
        _kernel = new FusedReductionKernel(
            node.Reduction.Kind,
            FusedElementwiseKernel.Prepare(node.Program, request, shape),
            shape.Dims,
            ReduceKernel.Reduced(node.Reduction, shape.Rank),
            Simd.Level);
        _inputs = request.InputSlots;
        _output = request.OutputSlots[0];
    }

    public static Kernel Create(KernelRequest request) => new FusedReduceKernel(request);

    public override void Run(void** slots, WorkerPool pool)
    {
        void** inputs = stackalloc void*[_inputs.Length];
        for (int i = 0; i < _inputs.Length; i++) inputs[i] = slots[_inputs[i]];
        _kernel.Run(inputs, slots[_output], pool);
    }
}
