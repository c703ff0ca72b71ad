using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="FusedElementwise"/> node.</summary>
internal sealed unsafe class FusedElementwiseKernel : Kernel
{
    private readonly ElementwiseKernel _kernel;
    private readonly int[] _slots;

    private FusedElementwiseKernel(KernelRequest request)
    {
        _kernel = Prepare(((FusedElementwise)request.Node.Primitive).Program, request, request.Output().Shape);
        _slots = [.. request.InputSlots, .. request.OutputSlots];
    }

    public static Kernel Create(KernelRequest request) => new FusedElementwiseKernel(request);

    /// <summary>The loop for a program over a request's inputs.</summary>
    public static ElementwiseKernel Prepare(ElementwiseProgram program, KernelRequest request, Shape shape)
    {
        int[][] strides = new int[program.Inputs.Length][];
        for (int i = 0; i < strides.Length; i++) strides[i] = Broadcasting.Strides(request.Input(i).Shape, shape);
        return new ElementwiseKernel(program, shape.Dims, strides, Simd.Level);
    }

    public override void Run(void** slots, WorkerPool pool)
    {
        void** pointers = stackalloc void*[_slots.Length];
        for (int i = 0; i < _slots.Length; i++) pointers[i] = slots[_slots[i]];
        _kernel.Run(pointers, pool);
    }
}
