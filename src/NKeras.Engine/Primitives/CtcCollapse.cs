namespace NKeras.Engine.Primitives;

/// <summary>
/// The labels that int32 classes [batch, steps] stand for, moved to the front and followed by -1, where the first steps of each
/// sequence, [batch], count: without blanks, and a class that follows itself once.
/// </summary>
/// <param name="Merge">Whether repeated classes are one label.</param>
/// <param name="Blank">The class that stands for no label.</param>
internal sealed record CtcCollapse(bool Merge, int Blank) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        if (inputs[0].Shape.Rank != 2 || inputs[0].DType != DType.Int32 || inputs[1].DType != DType.Int32 || !new Shape([inputs[0].Shape.Dims[0]]).IsCompatibleWith(inputs[1].Shape))
            throw new ArgumentException($"{Name} takes int32 classes (batch, steps) and a length for each sequence, not {inputs[0]} and {inputs[1]}.");
        return [inputs[0]];
    }

    public override Tensor?[] Gradient(GradientContext context) => [null, null];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        (ElementView classes, ElementView lengths, ElementView labels) = (inputs[0], inputs[1], outputs[0]);
        int steps = classes.Shape.Dims[1];
        for (int b = 0; b < lengths.Size; b++)
        {
            int count = 0;
            long previous = Blank;
            for (int t = 0; t < Math.Min(steps, lengths.Long(b)); t++)
            {
                long label = classes.Long((b * steps) + t);
                if (label != Blank && !(Merge && label == previous)) labels.SetLong((b * steps) + count++, label);
                previous = label;
            }

            for (; count < steps; count++) labels.SetLong((b * steps) + count, -1);
        }
    }
}
