using NKeras.Engine.Cpu;

namespace NKeras.Engine.Primitives;

/// <summary>The gradient of an average pooling: each output's is shared evenly among the elements under its window.</summary>
/// <param name="Window">The window of the pooling.</param>
/// <param name="WindowDims">Its size.</param>
/// <param name="InputDims">The spatial dimensions of the input.</param>
internal sealed record AveragePoolingBackward(SlidingWindow Window, IntList WindowDims, IntList InputDims) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape dy = inputs[0].Shape;
        TensorSpec x = inputs[0] with { Shape = new Shape([dy.Dims[0], .. InputDims.Span, dy.Dims[^1]]) };
        Shape expected = new Pooling(false, Window, WindowDims).Infer([x])[0].Shape;
        return expected.IsCompatibleWith(dy) ? [x] : throw new ArgumentException($"{Name}: pooling {x} gives {expected}, not {dy}.");
    }

    public override Tensor?[] Gradient(GradientContext context) => [new Pooling(false, Window, WindowDims).Apply(context.Cotangent)];

    public override unsafe void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        Shape x = outputs[0].Shape;
        double[] result = new double[outputs[0].Size];
        fixed (double* pdy = DoubleBuffer.Read(inputs[0]), pdx = result)
            PoolingReference.AverageBackward(Window.Over(x.Dims[1..^1], WindowDims.Span), x.Dims[0], x.Dims[^1], pdy, pdx);
        DoubleBuffer.Write(outputs[0], result);
    }
}
