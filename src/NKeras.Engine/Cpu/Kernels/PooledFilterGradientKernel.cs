using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="PooledFilterGradient"/> node over one or two spatial axes.</summary>
internal sealed unsafe class PooledFilterGradientKernel : Kernel
{
    private readonly ConvolutionGeometry _convolution;
    private readonly PoolingGeometry _pooling;
    private readonly int[] _inputs;
    private readonly int _output;

    private PooledFilterGradientKernel(KernelRequest request, PooledFilterGradient op)
    {
        _inputs = request.InputSlots;
        _output = request.OutputSlots[0];
        _convolution = ConvolutionKernel.Geometry(op.Filter.Window, op.Filter.Groups, request.Input(0).Shape, request.Output().Shape);
        _pooling = PoolingKernel.Geometry(op.Pooling.Window, op.Pooling.WindowDims, request.Input(2).Shape);
    }

    /// <summary>The kernel for a node; null for other ranks and for several groups.</summary>
    public static Kernel? Create(KernelRequest request)
    {
        PooledFilterGradient op = (PooledFilterGradient)request.Node.Primitive;
        return request.IsFloat32 && op.Filter.Window.Rank is 1 or 2 && op.Filter.Groups == 1
            ? new PooledFilterGradientKernel(request, op)
            : null;
    }

    public override void Run(void** slots, WorkerPool pool)
    {
        float* dy = (float*)slots[_inputs[1]], y = (float*)slots[_inputs[2]], pooled = (float*)slots[_inputs[3]];
        PoolingPlan gradient = new(_pooling with { Batch = 1 }, wholeImages: true) { DY = dy, X = y, Y = pooled };
        Convolution.BackwardFilter(_convolution, (float*)slots[_inputs[0]], gradient, (float*)slots[_output], pool);
    }
}
