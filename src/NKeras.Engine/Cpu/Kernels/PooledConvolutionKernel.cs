using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="PooledConvolution"/> node over one or two spatial axes.</summary>
internal sealed unsafe class PooledConvolutionKernel : Kernel
{
    private readonly PooledConvolution _op;
    private readonly ConvolutionGeometry _convolution;
    private readonly PoolingGeometry _pooling;
    private readonly int[] _inputs;
    private readonly int[] _outputs;

    private PooledConvolutionKernel(KernelRequest request, PooledConvolution op, Primitives.Convolution convolution)
    {
        _op = op;
        _inputs = request.InputSlots;
        _outputs = request.OutputSlots;
        Shape result = op.Product.Infer([.. request.Node.Inputs.Select(v => v.Spec)])[0].Shape;
        _convolution = ConvolutionKernel.Geometry(convolution.Window, convolution.Groups, request.Input(0).Shape, request.Input(1).Shape);
        _pooling = PoolingKernel.Geometry(op.Pooling.Window, op.Pooling.WindowDims, result);
    }

    /// <summary>The kernel for a node; null for other ranks.</summary>
    public static Kernel? Create(KernelRequest request)
    {
        PooledConvolution op = (PooledConvolution)request.Node.Primitive;
        Primitives.Convolution convolution = (Primitives.Convolution)op.Product.Product;
        return request.IsFloat32 && convolution.Window.Rank is 1 or 2 ? new PooledConvolutionKernel(request, op, convolution) : null;
    }

    public override void Run(void** slots, WorkerPool pool)
    {
        float* x = (float*)slots[_inputs[0]], w = (float*)slots[_inputs[1]], bias = _op.Product.HasBias ? (float*)slots[_inputs[2]] : null;
        float* pooled = (float*)slots[_outputs[0]], y = _op.IsResultKept ? (float*)slots[_outputs[1]] : null;
        PooledConvolutionParts.Run(_convolution, _pooling, _op.Pooling.Max, x, w, y, bias, _op.Product.Relu, pooled, pool);
    }
}
