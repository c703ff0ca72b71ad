namespace NKeras.Engine.Primitives;

/// <summary>
/// The gradient of a convolution's filter where the gradient of its result comes out of a maximum pooling and is needed
/// for nothing else: it is never stored as a whole. Made by the compiler only. Inputs: the convolution's input, the gradient
/// of the pooling's output, its input and its output.
/// </summary>
/// <param name="Filter">The gradient of the filter.</param>
/// <param name="Pooling">The gradient of the pooling.</param>
internal sealed record PooledFilterGradient(ConvolutionBackwardFilter Filter, MaxPoolingBackward Pooling) : Primitive
{
    public override string Name => $"{Pooling.Name}+{Filter.Name}";

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) => Filter.Infer([inputs[0], Pooling.Infer(inputs[1..])[0]]);

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ConcreteTensor gradient = ConcreteTensor.Allocate(inputs[2].Spec);
        Pooling.Evaluate(inputs[1..], [ElementView.Of(gradient)]);
        Filter.Evaluate([inputs[0], ElementView.Of(gradient)], outputs);
        GC.KeepAlive(gradient);
    }
}
