using NKeras.Engine.Numerics;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// Connectionist temporal classification (Graves et al., 2006): from log-probabilities [batch, steps, classes], int32 labels
/// [batch, labels] and how many labels and steps count [batch], the negative log-probability of the labels [batch]. A primitive
/// because composed it would be a graph of many nodes per step.
/// </summary>
/// <param name="Blank">The class that stands for no label.</param>
internal sealed record CtcLoss(int Blank) : Primitive, ISequencePrimitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        (TensorSpec x, TensorSpec labels) = (inputs[0], inputs[1]);
        if (x.Shape.Rank != 3 || !x.DType.IsFloating || labels.Shape.Rank != 2 || labels.DType != DType.Int32)
            throw new ArgumentException($"{Name} takes log-probabilities (batch, steps, classes) and int32 labels (batch, labels), not {x} and {labels}.");
        Shape batch = new([Math.Max(x.Shape.Dims[0], labels.Shape.Dims[0])]);
        if (!batch.IsCompatibleWith(new Shape([x.Shape.Dims[0]])) || !batch.IsCompatibleWith(new Shape([labels.Shape.Dims[0]]))
            || !batch.IsCompatibleWith(inputs[2].Shape) || !batch.IsCompatibleWith(inputs[3].Shape) || inputs[2].DType != DType.Int32 || inputs[3].DType != DType.Int32)
            throw new ArgumentException($"{Name} takes labels and int32 lengths of labels and steps for each sequence, not {labels}, {inputs[2]} and {inputs[3]} with {x}.");
        if (Blank < 0 || (x.Shape.Dims[2] != Shape.Unknown && Blank >= x.Shape.Dims[2]))
            throw new ArgumentException($"{Name}: the blank is one of the classes; received {Blank} with log-probabilities of shape {x.Shape}.");
        return [new TensorSpec(batch, x.DType)];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor each = new CtcLossBackward(Blank).Apply(context.Inputs);
        return [Reshape(context.Cotangent, new Shape([each.Shape.Dims[0], 1, 1])) * each, null, null, null];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        for (int b = 0; b < outputs[0].Size; b++) Evaluate(inputs, outputs, b);
    }

    public void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs, int sequence)
    {
        using Workspace.Scope scope = Workspace.Enter();
        outputs[0].SetDouble(sequence, new CtcLattice(Blank, inputs, sequence).Loss);
    }
}
