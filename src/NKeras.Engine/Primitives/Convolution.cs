using NKeras.Engine.Cpu;

namespace NKeras.Engine.Primitives;

/// <summary>
/// Cross-correlation of x [batch, spatial…, channels] with a filter [window…, channels / groups, filters]: the result is
/// [batch, places…, filters].
/// </summary>
internal sealed record Convolution(SlidingWindow Window, int Groups) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        TensorSpec x = inputs[0], w = inputs[1];
        int rank = Window.Rank + 2;
        if (x.Shape.Rank != rank || w.Shape.Rank != rank || x.DType != w.DType || !x.DType.IsFloating)
            throw new ArgumentException($"{Name} over {Window.Rank} spatial axes takes two floating-point tensors of rank {rank}, not {x} and {w}.");
        int channels = x.Shape.Dims[^1], perGroup = w.Shape.Dims[^2], filters = w.Shape.Dims[^1];
        if (channels != Shape.Unknown && perGroup != Shape.Unknown && channels != perGroup * Groups)
            throw new ArgumentException($"{Name}: the input has {channels} channels, but a filter of shape {w.Shape} in {Groups} groups is for {perGroup * Groups}.");
        if (Groups < 1 || (filters != Shape.Unknown && filters % Groups != 0))
            throw new ArgumentException($"{Name}: {filters} filters do not divide into {Groups} groups.");
        return [x with { Shape = new Shape([x.Shape.Dims[0], .. Window.OutputDims(Name, x.Shape.Dims[1..^1], w.Shape.Dims[..^2]), filters]) }];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor x = context.Inputs[0], w = context.Inputs[1], dy = context.Cotangent;
        return
        [
            context.Needs(0) ? new ConvolutionBackwardInput(Window, Groups, new IntList(x.Shape.Dims[1..^1])).Apply(dy, w) : null,
            context.Needs(1) ? new ConvolutionBackwardFilter(Window, Groups, new IntList(w.Shape.Dims[..^2])).Apply(x, dy) : null,
        ];
    }

    public override unsafe void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        Shape x = inputs[0].Shape, w = inputs[1].Shape;
        double[] result = new double[outputs[0].Size];
        fixed (double* px = DoubleBuffer.Read(inputs[0]), pw = DoubleBuffer.Read(inputs[1]), py = result)
            ConvolutionReference.Forward(Window.Over(x.Dims[1..^1], w.Dims[..^2]), x.Dims[0], x.Dims[^1], w.Dims[^1], Groups, px, pw, py, null);
        DoubleBuffer.Write(outputs[0], result);
    }
}
