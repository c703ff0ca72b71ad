using NKeras.Engine.Cpu;

namespace NKeras.Engine.Primitives;

/// <summary>
/// The transpose of <see cref="Convolution"/> in its input: from dy [batch, places…, filters] and the filter, the gradient
/// with respect to x. Also what a transposed convolution computes.
/// </summary>
/// <param name="Window">The window of the convolution.</param>
/// <param name="Groups">Its groups.</param>
/// <param name="InputDims">The spatial dimensions of x, which those of dy do not determine.</param>
internal sealed record ConvolutionBackwardInput(SlidingWindow Window, int Groups, IntList InputDims) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        TensorSpec dy = inputs[0], w = inputs[1];
        int perGroup = w.Shape.Dims[^2];
        TensorSpec x = dy with { Shape = new Shape([dy.Shape.Dims[0], .. InputDims.Span, perGroup == Shape.Unknown ? perGroup : perGroup * Groups]) };
        TensorSpec expected = new Convolution(Window, Groups).Infer([x, w])[0];
        return expected.Shape.IsCompatibleWith(dy.Shape)
            ? [x]
            : throw new ArgumentException($"{Name}: a convolution of {x} with {w} gives {expected.Shape}, not {dy.Shape}.");
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor dy = context.Inputs[0], w = context.Inputs[1], g = context.Cotangent;
        return
        [
            context.Needs(0) ? new Convolution(Window, Groups).Apply(g, w) : null,
            context.Needs(1) ? new ConvolutionBackwardFilter(Window, Groups, new IntList(w.Shape.Dims[..^2])).Apply(g, dy) : null,
        ];
    }

    public override unsafe void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        Shape x = outputs[0].Shape, w = inputs[1].Shape;
        double[] result = new double[outputs[0].Size];
        fixed (double* py = DoubleBuffer.Read(inputs[0]), pw = DoubleBuffer.Read(inputs[1]), px = result)
            ConvolutionReference.BackwardInput(Window.Over(x.Dims[1..^1], w.Dims[..^2]), x.Dims[0], x.Dims[^1], w.Dims[^1], Groups, py, pw, px);
        DoubleBuffer.Write(outputs[0], result);
    }
}
