using System.Runtime.CompilerServices;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs an operation on a stack of matrices, which the pool's threads share.</summary>
internal sealed unsafe class MatrixKernel : PartedKernel
{
    /// <summary>Multiplications of a part, roughly.</summary>
    private const long PartWork = 1 << 17;

    private readonly KernelRequest _request;
    private readonly MatrixPrimitive _primitive;
    private readonly int _count;

    private MatrixKernel(KernelRequest request, MatrixPrimitive primitive, int count, int parts)
        : base(parts) => (_request, _primitive, _count) = (request, primitive, count);

    /// <summary>The kernel.</summary>
    public static Kernel Create(KernelRequest request)
    {
        MatrixPrimitive primitive = (MatrixPrimitive)request.Node.Primitive;
        Shape shape = request.Input(0).Shape;
        int count = primitive.Count(shape);
        double work = Math.Pow(Math.Max(1, (double)shape.Size) / Math.Max(1, count), primitive.Axes == 1 ? 1 : 1.5) * 8;
        return new MatrixKernel(request, primitive, count, (int)Math.Min(Math.Max(1, count), Parts.Count((long)(count * work), PartWork)));
    }

    protected override void RunPart(void** slots, int part)
    {
        InlineArray4<ElementView> inputs = default, outputs = default;
        int count = _request.InputSlots.Length, results = _request.OutputSlots.Length;
        for (int i = 0; i < count; i++) inputs[i] = new ElementView(slots[_request.InputSlots[i]], _request.Input(i));
        for (int i = 0; i < results; i++) outputs[i] = new ElementView(slots[_request.OutputSlots[i]], _request.Output(i));
        _primitive.Evaluate(inputs[..count], outputs[..results], (int)Start(part, _count), (int)Start(part + 1, _count));
    }
}
