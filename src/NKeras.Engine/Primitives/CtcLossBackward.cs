using NKeras.Engine.Numerics;

namespace NKeras.Engine.Primitives;

/// <summary>The gradient of each sequence's <see cref="CtcLoss"/>, from the same inputs, with respect to its log-probabilities.</summary>
internal sealed record CtcLossBackward(int Blank) : Primitive, ISequencePrimitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        _ = new CtcLoss(Blank).Infer(inputs);
        return [inputs[0]];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        for (int b = 0; b < inputs[0].Shape.Dims[0]; b++) Evaluate(inputs, outputs, b);
    }

    public void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs, int sequence)
    {
        using Workspace.Scope scope = Workspace.Enter();
        int size = inputs[0].Shape.Dims[1] * inputs[0].Shape.Dims[2];
        for (int i = 0; i < size; i++) outputs[0].SetDouble((sequence * size) + i, 0);
        new CtcLattice(Blank, inputs, sequence).WriteGradient(outputs[0]);
    }
}
