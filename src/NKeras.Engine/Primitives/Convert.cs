namespace NKeras.Engine.Primitives;

/// <summary>Changes the element type: to a float by rounding, to an integer by cutting off the fraction, to bool by "is not zero".</summary>
internal sealed record Convert(DType Type) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) => Type == DType.String
        ? throw new ArgumentException($"A tensor of type {inputs[0].DType} and shape {inputs[0].Shape} cannot be converted to strings.")
        : [inputs[0] with { DType = Type }];

    public override Tensor?[] Gradient(GradientContext context) =>
        [Type.IsFloating && context.Inputs[0].DType.IsFloating ? PrimitiveOps.Convert(context.Cotangent, context.Inputs[0].DType) : null];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ElementView x = inputs[0], y = outputs[0];
        bool exact = !x.IsFloating && !y.IsFloating;
        for (int i = 0; i < x.Size; i++)
        {
            if (exact) y.SetLong(i, Type == DType.Bool && x.Long(i) != 0 ? 1 : x.Long(i));
            else y.SetNumber(i, x.Number(i));
        }
    }
}
