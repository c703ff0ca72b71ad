using NKeras.Engine.Cpu;

namespace NKeras.Engine.Primitives;

/// <summary>The maximum or the mean of the elements under a window, per channel; padding is never chosen and never counted.</summary>
internal sealed record Pooling(bool Max, SlidingWindow Window, IntList WindowDims) : Primitive
{
    public override string Name => Max ? "MaxPooling" : "AveragePooling";

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape x = inputs[0].Shape;
        if (x.Rank != Window.Rank + 2 || !inputs[0].DType.IsFloating)
            throw new ArgumentException($"{Name} over {Window.Rank} spatial axes takes a floating-point tensor of rank {Window.Rank + 2}, not {inputs[0]}.");
        return [inputs[0] with { Shape = new Shape([x.Dims[0], .. Window.OutputDims(Name, x.Dims[1..^1], WindowDims.Span), x.Dims[^1]]) }];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor x = context.Inputs[0], dy = context.Cotangent;
        return
        [
            Max ? new MaxPoolingBackward(Window, WindowDims).Apply(dy, x, context.Outputs[0])
                : new AveragePoolingBackward(Window, WindowDims, new IntList(x.Shape.Dims[1..^1])).Apply(dy),
        ];
    }

    public override unsafe void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        Shape x = inputs[0].Shape;
        WindowShape shape = Window.Over(x.Dims[1..^1], WindowDims.Span);
        double[] result = new double[outputs[0].Size];
        fixed (double* px = DoubleBuffer.Read(inputs[0]), py = result)
        {
            if (Max) PoolingReference.MaxForward(shape, x.Dims[0], x.Dims[^1], px, py);
            else PoolingReference.AverageForward(shape, x.Dims[0], x.Dims[^1], px, py);
        }

        DoubleBuffer.Write(outputs[0], result);
    }
}
