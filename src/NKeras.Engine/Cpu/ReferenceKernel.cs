using System.Buffers;

namespace NKeras.Engine.Cpu;

/// <summary>Calls a primitive's plain kernel: what runs where no fast one is written for the types.</summary>
internal sealed unsafe class ReferenceKernel(KernelRequest request) : Kernel
{
    public override void Run(void** slots, WorkerPool pool)
    {
        int inputs = request.InputSlots.Length, outputs = request.OutputSlots.Length;
        ElementView[] views = ArrayPool<ElementView>.Shared.Rent(inputs + outputs);
        for (int i = 0; i < inputs; i++) views[i] = new ElementView(slots[request.InputSlots[i]], request.Input(i));
        for (int i = 0; i < outputs; i++) views[inputs + i] = new ElementView(slots[request.OutputSlots[i]], request.Output(i));
        request.Node.Primitive.Evaluate(views.AsSpan(0, inputs), views.AsSpan(inputs, outputs));
        ArrayPool<ElementView>.Shared.Return(views, clearArray: true);
    }
}
