using NKeras.Engine.Cpu;

namespace NKeras.Engine.Primitives;

/// <summary>
/// From g, x and y the elements of g where the maxima y of a pooling of x were found: the transpose of
/// <see cref="MaxPoolingBackward"/>, and so the derivative of the pooling along g.
/// </summary>
internal sealed record MaxPoolingTake(SlidingWindow Window, IntList WindowDims) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        TensorSpec y = new Pooling(true, Window, WindowDims).Infer([inputs[1]])[0];
        return inputs[0].DType == y.DType && inputs[2].DType == y.DType && inputs[0].Shape.IsCompatibleWith(inputs[1].Shape) && inputs[2].Shape.IsCompatibleWith(y.Shape)
            ? [inputs[2]]
            : throw new ArgumentException($"{Name}: pooling {inputs[1]} gives {y}, which does not fit {inputs[0]} and {inputs[2]}.");
    }

    // Where maxima are found changes in steps: only g has a gradient.
    public override Tensor?[] Gradient(GradientContext context) =>
        [context.Needs(0) ? new MaxPoolingBackward(Window, WindowDims).Apply(context.Cotangent, context.Inputs[1], context.Inputs[2]) : null, null, null];

    public override unsafe void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        Shape x = inputs[1].Shape;
        double[] result = new double[outputs[0].Size];
        fixed (double* pg = DoubleBuffer.Read(inputs[0]), px = DoubleBuffer.Read(inputs[1]), py = DoubleBuffer.Read(inputs[2]), pt = result)
            PoolingReference.MaxTake(Window.Over(x.Dims[1..^1], WindowDims.Span), x.Dims[0], x.Dims[^1], pg, px, py, pt);
        DoubleBuffer.Write(outputs[0], result);
    }
}
