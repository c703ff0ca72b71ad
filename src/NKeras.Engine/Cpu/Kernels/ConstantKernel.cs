namespace NKeras.Engine.Cpu;

/// <summary>Writes what does not depend on any input, and was computed once: a node without inputs.</summary>
internal sealed unsafe class ConstantKernel : Kernel
{
    private readonly HostStorage _content;
    private readonly int _output;

    private ConstantKernel(KernelRequest request)
    {
        ConcreteTensor value = ConcreteTensor.Allocate(request.Output());
        request.Node.Primitive.Evaluate([], [ElementView.Of(value)]);
        _content = (HostStorage)value.Data;
        _output = request.OutputSlots[0];
    }

    public static Kernel Create(KernelRequest request) => new ConstantKernel(request);

    public override void Run(void** slots, WorkerPool pool) =>
        Buffer.MemoryCopy(_content.Pointer, slots[_output], _content.ByteLength, _content.ByteLength);
}
