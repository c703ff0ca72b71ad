using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Runs an element-wise node for types that have no vector loops: generic loops over broadcast operands.</summary>
internal abstract unsafe class TypedElementwiseKernel : PartedKernel
{
    private const long PartLength = 1 << 14;
    private const int MostOperands = 3;

    private readonly KernelRequest _request;
    private readonly BroadcastLayout _layout;

    protected TypedElementwiseKernel(KernelRequest request)
        : base(Parts.Count(request.Output().Shape.Size, PartLength))
    {
        _request = request;
        Shape shape = request.Output().Shape;
        _layout = new BroadcastLayout(shape.Dims, [.. request.Node.Inputs.Select(v => Primitives.Broadcasting.Strides(v.Shape, shape))]);
    }

    /// <summary>Where a row of an operand starts, and how far apart its elements are (in elements).</summary>
    protected readonly struct Operand(void* data, nint offset, nint stride)
    {
        public void* Data { get; } = data;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public nint At(nint i) => offset + (i * stride);
    }

    /// <summary>Computes neighbouring elements of one row.</summary>
    protected abstract void RunRow(Operand* operands, void* output, nint first, nint count);

    protected sealed override void RunPart(void** slots, int part)
    {
        long size = _layout.Count, item = Start(part, size), end = Start(part + 1, size);
        if (item == end) return;
        ReadOnlySpan<nint> dims = _layout.Dimensions;
        int rank = dims.Length, operandCount = _request.InputSlots.Length;
        nint length = dims[^1];
        Operand* operands = stackalloc Operand[MostOperands];
        while (item < end)
        {
            (long row, long at) = Math.DivRem(item, length);
            for (int k = 0; k < operandCount; k++)
            {
                ReadOnlySpan<nint> strides = _layout.Strides(k);
                nint offset = (nint)at * strides[^1];
                long rest = row;
                for (int d = rank - 2; d >= 0; d--)
                {
                    (rest, long index) = Math.DivRem(rest, dims[d]);
                    offset += (nint)index * strides[d];
                }

                operands[k] = new Operand(slots[_request.InputSlots[k]], offset, strides[^1]);
            }

            long count = Math.Min(length - at, end - item);
            RunRow(operands, slots[_request.OutputSlots[0]], (nint)item, (nint)count);
            item += count;
        }
    }
}
