using NKeras.Engine.Cpu;

namespace NKeras.Engine.Primitives;

/// <summary>The transpose of <see cref="Convolution"/> in its filter: from x and dy [batch, places…, filters], the gradient with respect to the filter.</summary>
/// <param name="Window">The window of the convolution.</param>
/// <param name="Groups">Its groups.</param>
/// <param name="WindowDims">The filter's spatial dimensions, which those of x and dy do not determine.</param>
internal sealed record ConvolutionBackwardFilter(SlidingWindow Window, int Groups, IntList WindowDims) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        TensorSpec x = inputs[0], dy = inputs[1];
        int channels = x.Shape.Dims[^1];
        TensorSpec w = x with { Shape = new Shape([.. WindowDims.Span, channels == Shape.Unknown ? channels : channels / Groups, dy.Shape.Dims[^1]]) };
        TensorSpec expected = new Convolution(Window, Groups).Infer([x, w])[0];
        return expected.Shape.IsCompatibleWith(dy.Shape)
            ? [w]
            : throw new ArgumentException($"{Name}: a convolution of {x} with {w} gives {expected.Shape}, not {dy.Shape}.");
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor x = context.Inputs[0], dy = context.Inputs[1], g = context.Cotangent;
        return
        [
            context.Needs(0) ? new ConvolutionBackwardInput(Window, Groups, new IntList(x.Shape.Dims[1..^1])).Apply(dy, g) : null,
            context.Needs(1) ? new Convolution(Window, Groups).Apply(x, g) : null,
        ];
    }

    public override unsafe void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        Shape x = inputs[0].Shape, w = outputs[0].Shape;
        double[] result = new double[outputs[0].Size];
        fixed (double* px = DoubleBuffer.Read(inputs[0]), py = DoubleBuffer.Read(inputs[1]), pw = result)
            ConvolutionReference.BackwardFilter(Window.Over(x.Dims[1..^1], w.Dims[..^2]), x.Dims[0], x.Dims[^1], w.Dims[^1], Groups, px, py, pw);
        DoubleBuffer.Write(outputs[0], result);
    }
}
