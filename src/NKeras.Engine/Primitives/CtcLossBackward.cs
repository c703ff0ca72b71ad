namespace NKeras.Engine.Primitives;

/// <summary>The gradient of each sequence's <see cref="CtcLoss"/>, from the same inputs, with respect to its log-probabilities.</summary>
internal sealed record CtcLossBackward(int Blank) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        _ = new CtcLoss(Blank).Infer(inputs);
        return [inputs[0]];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        outputs[0].Clear();
        for (int b = 0; b < inputs[0].Shape.Dims[0]; b++) new CtcLattice(Blank, inputs, b).WriteGradient(outputs[0]);
    }
}
