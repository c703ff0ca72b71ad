using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>The poolings over one or two spatial axes in float32, their gradients and those of the gradients.</summary>
internal sealed unsafe class PoolingKernel : Kernel
{
    private enum Step
    {
        Max,
        Average,
        MaxBackward,
        MaxTake,
        AverageBackward,
    }

    private readonly Step _step;
    private readonly PoolingGeometry _geometry;
    private readonly int[] _inputs;
    private readonly int _output;

    private PoolingKernel(KernelRequest request, Step step, SlidingWindow window, IntList size, Shape x)
    {
        _step = step;
        _inputs = request.InputSlots;
        _output = request.OutputSlots[0];
        _geometry = Geometry(window, size, x);
    }

    /// <summary>The kernel for one of the pooling primitives; null for other types and ranks.</summary>
    public static Kernel? Create(KernelRequest request)
    {
        if (!request.IsFloat32) return null;
        (Step step, SlidingWindow window, IntList size, Shape x) = request.Node.Primitive switch
        {
            Pooling p => (p.Max ? Step.Max : Step.Average, p.Window, p.WindowDims, request.Input(0).Shape),
            MaxPoolingBackward p => (Step.MaxBackward, p.Window, p.WindowDims, request.Input(1).Shape),
            MaxPoolingTake p => (Step.MaxTake, p.Window, p.WindowDims, request.Input(1).Shape),
            AveragePoolingBackward p => (Step.AverageBackward, p.Window, p.WindowDims, request.Output().Shape),
            var other => throw new ArgumentException($"{other.Name} is not a pooling."),
        };
        return window.Rank is 1 or 2 ? new PoolingKernel(request, step, window, size, x) : null;
    }

    /// <summary>The sizes; one spatial axis is two with height 1.</summary>
    public static PoolingGeometry Geometry(SlidingWindow window, IntList size, Shape x)
    {
        bool flat = window.Rank == 1;
        int last = window.Rank - 1;
        return new PoolingGeometry
        {
            Batch = x.Dims[0],
            Height = flat ? 1 : x.Dims[1],
            Width = x.Dims[^2],
            Channels = x.Dims[^1],
            WindowHeight = flat ? 1 : size[0],
            WindowWidth = size[last],
            StrideHeight = flat ? 1 : window.Strides[0],
            StrideWidth = window.Strides[last],
            DilationHeight = flat ? 1 : window.Dilations[0],
            DilationWidth = window.Dilations[last],
            PadTop = flat ? 0 : window.Before[0],
            PadBottom = flat ? 0 : window.After[0],
            PadLeft = window.Before[last],
            PadRight = window.After[last],
        };
    }

    public override void Run(void** slots, WorkerPool pool)
    {
        float* first = (float*)slots[_inputs[0]], output = (float*)slots[_output];
        switch (_step)
        {
            case Step.Max: MaxPooling.Forward(_geometry, first, output, pool); break;
            case Step.Average: AveragePooling.Forward(_geometry, first, output, pool); break;
            case Step.MaxBackward: MaxPooling.Backward(_geometry, first, (float*)slots[_inputs[1]], (float*)slots[_inputs[2]], output, pool); break;
            case Step.MaxTake: MaxTake.Run(_geometry, first, (float*)slots[_inputs[1]], (float*)slots[_inputs[2]], output, pool); break;
            default: AveragePooling.Backward(_geometry, first, output, pool); break;
        }
    }
}
