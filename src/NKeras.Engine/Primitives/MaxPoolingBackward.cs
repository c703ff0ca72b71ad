using NKeras.Engine.Cpu;

namespace NKeras.Engine.Primitives;

/// <summary>The gradient of a maximum pooling, from dy, x and y: each output's goes to the first element under its window that is the maximum.</summary>
internal sealed record MaxPoolingBackward(SlidingWindow Window, IntList WindowDims) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        TensorSpec y = new Pooling(true, Window, WindowDims).Infer([inputs[1]])[0];
        return y.DType == inputs[0].DType && y.DType == inputs[2].DType && y.Shape.IsCompatibleWith(inputs[0].Shape) && y.Shape.IsCompatibleWith(inputs[2].Shape)
            ? [inputs[1]]
            : throw new ArgumentException($"{Name}: pooling {inputs[1]} gives {y}, not {inputs[0]} and {inputs[2]}.");
    }

    // Where maxima are found changes in steps: only dy has a gradient.
    public override Tensor?[] Gradient(GradientContext context) =>
        [context.Needs(0) ? new MaxPoolingTake(Window, WindowDims).Apply(context.Cotangent, context.Inputs[1], context.Inputs[2]) : null, null, null];

    public override unsafe void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        Shape x = inputs[1].Shape;
        double[] result = new double[outputs[0].Size];
        fixed (double* pdy = DoubleBuffer.Read(inputs[0]), px = DoubleBuffer.Read(inputs[1]), py = DoubleBuffer.Read(inputs[2]), pdx = result)
            PoolingReference.MaxBackward(Window.Over(x.Dims[1..^1], WindowDims.Span), x.Dims[0], x.Dims[^1], pdy, px, py, pdx);
        DoubleBuffer.Write(outputs[0], result);
    }
}
