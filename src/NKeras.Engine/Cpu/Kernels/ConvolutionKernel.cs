using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>The convolutions over one or two spatial axes in float32.</summary>
internal sealed unsafe class ConvolutionKernel : Kernel
{
    private enum Direction
    {
        Forward,
        BackwardInput,
        BackwardFilter,
    }

    private readonly Direction _direction;
    private readonly ConvolutionGeometry _geometry;
    private readonly int _first;
    private readonly int _second;
    private readonly int _bias;
    private readonly int _output;
    private readonly bool _relu;
    private readonly ProductTail? _tail;

    private ConvolutionKernel(KernelRequest request, Direction direction, ConvolutionGeometry geometry, FusedProduct? fused = null)
    {
        _direction = direction;
        _geometry = geometry;
        _first = request.InputSlots[0];
        _second = request.InputSlots[1];
        _bias = fused is { HasBias: true } ? request.InputSlots[2] : -1;
        _output = request.OutputSlots[0];
        _relu = fused is { Relu: true };
        if (fused is { Tail: not null }) _tail = new ProductTail(request, fused);
    }

    /// <summary>The kernel for a convolution, alone or with what has been fused into it; null for other types and ranks.</summary>
    public static Kernel? Forward(KernelRequest request)
    {
        FusedProduct? fused = request.Node.Primitive as FusedProduct;
        Primitives.Convolution op = (Primitives.Convolution)(fused?.Product ?? request.Node.Primitive);
        return Fits(request, op.Window)
            ? new ConvolutionKernel(request, Direction.Forward, Geometry(op.Window, op.Groups, request.Input(0).Shape, request.Input(1).Shape), fused)
            : null;
    }

    public static Kernel? BackwardInput(KernelRequest request)
    {
        ConvolutionBackwardInput op = (ConvolutionBackwardInput)request.Node.Primitive;
        return Fits(request, op.Window)
            ? new ConvolutionKernel(request, Direction.BackwardInput, Geometry(op.Window, op.Groups, request.Output().Shape, request.Input(1).Shape))
            : null;
    }

    public static Kernel? BackwardFilter(KernelRequest request)
    {
        ConvolutionBackwardFilter op = (ConvolutionBackwardFilter)request.Node.Primitive;
        return Fits(request, op.Window)
            ? new ConvolutionKernel(request, Direction.BackwardFilter, Geometry(op.Window, op.Groups, request.Input(0).Shape, request.Output().Shape))
            : null;
    }

    public override void Run(void** slots, WorkerPool pool)
    {
        float* first = (float*)slots[_first], second = (float*)slots[_second], output = (float*)slots[_output];
        switch (_direction)
        {
            case Direction.Forward:
                ProductTail.Call? call = _tail?.Begin(slots);
                Convolution.Forward(_geometry, first, second, output, _bias < 0 ? null : (float*)slots[_bias], _relu, call?.OfConvolution, pool);
                if (call != null) _tail!.End(call);
                break;
            case Direction.BackwardInput:
                Convolution.BackwardInput(_geometry, first, second, output, pool);
                break;
            default:
                Convolution.BackwardFilter(_geometry, first, second, output, pool);
                break;
        }
    }

    private static bool Fits(KernelRequest request, SlidingWindow window) => request.Input(0).DType == DType.Float32 && window.Rank is 1 or 2;

    /// <summary>One spatial axis is two with height 1.</summary>
    public static ConvolutionGeometry Geometry(SlidingWindow window, int groups, Shape x, Shape w)
    {
        bool flat = window.Rank == 1;
        int last = window.Rank - 1;
        return new ConvolutionGeometry
        {
            Batch = x.Dims[0],
            Height = flat ? 1 : x.Dims[1],
            Width = x.Dims[^2],
            Channels = x.Dims[^1],
            FilterHeight = flat ? 1 : w.Dims[0],
            FilterWidth = w.Dims[^3],
            OutputChannels = w.Dims[^1],
            StrideHeight = flat ? 1 : window.Strides[0],
            StrideWidth = window.Strides[last],
            DilationHeight = flat ? 1 : window.Dilations[0],
            DilationWidth = window.Dilations[last],
            PadTop = flat ? 0 : window.Before[0],
            PadBottom = flat ? 0 : window.After[0],
            PadLeft = window.Before[last],
            PadRight = window.After[last],
            Groups = groups,
        };
    }
}
