namespace NKeras.Engine.Primitives;

/// <summary>A function of single elements applied to whole tensors, with NumPy's broadcasting.</summary>
internal sealed record Elementwise(ElementwiseFunction Function) : Primitive
{
    public override string Name => Function.ToString();

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        if (inputs.Length != Function.Arity())
            throw new ArgumentException($"{Name} takes {Function.Arity()} operands, not {inputs.Length}.");

        // Select's condition is boolean; all other operands share one type.
        int first = Function == ElementwiseFunction.Select ? 1 : 0;
        DType type = inputs[first].DType;
        for (int i = first + 1; i < inputs.Length; i++)
        {
            if (inputs[i].DType != type)
                throw new ArgumentException($"{Name} takes operands of one type, not {inputs[i].DType} with {type}.");
        }

        if (first == 1 && inputs[0].DType != DType.Bool)
            throw new ArgumentException($"Select takes a bool condition, not {inputs[0].DType}.");
        return [new TensorSpec(Broadcasting.Result(Name, inputs), Function.ReturnsBool() ? DType.Bool : type)];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor?[] gradients = ElementwiseGradients.Apply(Function, context);
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is { } gradient) gradients[i] = Broadcasting.SumTo(gradient, context.Inputs[i].Shape);
        }

        return gradients;
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs) =>
        ElementwiseReference.Run(Function, inputs, outputs[0]);
}
