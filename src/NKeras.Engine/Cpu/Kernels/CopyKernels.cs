using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>The primitives that move elements without looking at them, as strided copies.</summary>
internal static class CopyKernels
{
    public static Kernel Transpose(KernelRequest request)
    {
        IntList permutation = ((Transpose)request.Node.Primitive).Permutation;
        int[] from = IndexMath.Strides(request.Input(0).Shape);
        return ToOutput(request, [.. permutation.Select(axis => from[axis])], 0);
    }

    public static Kernel BroadcastTo(KernelRequest request) =>
        ToOutput(request, Broadcasting.Strides(request.Input(0).Shape, request.Output().Shape), 0);

    /// <summary>Null for booleans, which are not copies of all bits.</summary>
    public static Kernel? BitCast(KernelRequest request) =>
        request.Output().DType == DType.Bool ? null : ToOutput(request, IndexMath.Strides(request.Output().Shape), 0);

    public static Kernel Slice(KernelRequest request)
    {
        Slice slice = (Slice)request.Node.Primitive;
        int[] strides = IndexMath.Strides(request.Input(0).Shape);
        int offset = IndexMath.Offset(slice.Starts.Span, strides);
        for (int i = 0; i < strides.Length; i++) strides[i] *= slice.Steps[i];
        return ToOutput(request, strides, offset);
    }

    public static Kernel Pad(KernelRequest request)
    {
        Pad pad = (Pad)request.Node.Primitive;
        TensorSpec from = request.Input(0), to = request.Output();
        int[] strides = IndexMath.Strides(to.Shape);
        int offset = IndexMath.Offset(pad.Before.Span, strides);
        for (int i = 0; i < strides.Length; i++) strides[i] *= pad.Between[i] + 1;
        int size = to.DType.Size;
        Kernel fill = StridedCopy.Create(request.InputSlots[1], request.OutputSlots[0], [to.Shape.Size], [0], [1], 0, 0, size);
        Kernel copy = StridedCopy.Create(
            request.InputSlots[0], request.OutputSlots[0], from.Shape.Dims, IndexMath.Strides(from.Shape), strides, 0, offset, size);
        return new SequenceKernel(fill, copy);
    }

    public static Kernel Concatenate(KernelRequest request)
    {
        int axis = ((Concatenate)request.Node.Primitive).Axis;
        int[] strides = IndexMath.Strides(request.Output().Shape);
        Kernel[] steps = new Kernel[request.InputSlots.Length];
        long start = 0;
        for (int i = 0; i < steps.Length; i++)
        {
            Shape part = request.Input(i).Shape;
            steps[i] = StridedCopy.Create(
                request.InputSlots[i], request.OutputSlots[0], part.Dims, IndexMath.Strides(part), strides, 0, start, request.Output().DType.Size);
            start += (long)part.Dims[axis] * strides[axis];
        }

        return new SequenceKernel(steps);
    }

    private static Kernel ToOutput(KernelRequest request, int[] sourceStrides, int sourceOffset)
    {
        TensorSpec to = request.Output();
        return StridedCopy.Create(
            request.InputSlots[0], request.OutputSlots[0], to.Shape.Dims, sourceStrides, IndexMath.Strides(to.Shape), sourceOffset, 0, to.DType.Size);
    }
}
