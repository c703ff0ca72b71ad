using System.Runtime.CompilerServices;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs an operation on each sequence of a batch, which the pool's threads share.</summary>
internal sealed unsafe class SequenceBatchKernel : PartedKernel
{
    private readonly KernelRequest _request;
    private readonly ISequencePrimitive _primitive;
    private readonly int _count;

    private SequenceBatchKernel(KernelRequest request, int count)
        : base(Math.Max(1, count)) => (_request, _primitive, _count) = (request, (ISequencePrimitive)request.Node.Primitive, count);

    /// <summary>The kernel.</summary>
    public static Kernel Create(KernelRequest request) => new SequenceBatchKernel(request, request.Input(0).Shape.Dims[0]);

    protected override void RunPart(void** slots, int part)
    {
        InlineArray4<ElementView> inputs = default, outputs = default;
        int count = _request.InputSlots.Length, results = _request.OutputSlots.Length;
        for (int i = 0; i < count; i++) inputs[i] = new ElementView(slots[_request.InputSlots[i]], _request.Input(i));
        for (int i = 0; i < results; i++) outputs[i] = new ElementView(slots[_request.OutputSlots[i]], _request.Output(i));
        for (int b = (int)Start(part, _count); b < Start(part + 1, _count); b++) _primitive.Evaluate(inputs[..count], outputs[..results], b);
    }
}
