namespace NKeras.Engine.Cpu;

/// <summary>A choice between elements as wide as <typeparamref name="T"/>.</summary>
internal sealed unsafe class TypedSelectKernel<T>(KernelRequest request) : TypedElementwiseKernel(request)
    where T : unmanaged
{
    protected override void RunRow(Operand* operands, void* output, nint first, nint count)
    {
        Operand condition = operands[0], a = operands[1], b = operands[2];
        for (nint i = 0; i < count; i++)
            ((T*)output)[first + i] = ((byte*)condition.Data)[condition.At(i)] != 0 ? ((T*)a.Data)[a.At(i)] : ((T*)b.Data)[b.At(i)];
    }
}
