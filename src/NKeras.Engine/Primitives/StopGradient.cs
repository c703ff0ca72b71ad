namespace NKeras.Engine.Primitives;

/// <summary>The input itself, through which no gradient flows.</summary>
internal sealed record StopGradient : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) => [inputs[0]];

    public override Tensor?[] Gradient(GradientContext context) => [null];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        for (int i = 0; i < inputs[0].Size; i++) outputs[0].Copy(i, inputs[0], i);
    }
}
