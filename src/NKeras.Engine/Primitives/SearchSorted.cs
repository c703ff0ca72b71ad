namespace NKeras.Engine.Primitives;

/// <summary>
/// Where values (the second input) belong in a vector that is in ascending order (the first), as int32: before equal elements,
/// or behind them. NaN counts as greater than any number.
/// </summary>
internal sealed record SearchSorted(bool Right) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        if (inputs[0].Shape.Rank != 1 || inputs[0].DType != inputs[1].DType)
            throw new ArgumentException($"SearchSorted takes a vector and values of its type, not {inputs[0]} and {inputs[1]}.");
        return [inputs[1] with { DType = DType.Int32 }];
    }

    public override Tensor?[] Gradient(GradientContext context) => [null, null];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ElementView sorted = inputs[0], values = inputs[1];
        for (int i = 0; i < values.Size; i++)
        {
            int low = 0, high = sorted.Size;
            while (low < high)
            {
                int middle = (low + high) >>> 1;
                int compared = Sort.Compare(sorted, middle, values, i);
                if (compared < 0 || (Right && compared == 0)) low = middle + 1;
                else high = middle;
            }

            outputs[0].SetLong(i, low);
        }
    }
}
