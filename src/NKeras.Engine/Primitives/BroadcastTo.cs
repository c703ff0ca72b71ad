namespace NKeras.Engine.Primitives;

/// <summary>Stretches dimensions of one, and adds leading ones, by copying.</summary>
internal sealed record BroadcastTo(IntList Dims) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape target = new(Dims.Span);
        Shape common = Broadcasting.Result(Name, [inputs[0], inputs[0] with { Shape = target }]);
        return common.IsCompatibleWith(target)
            ? [inputs[0] with { Shape = target }]
            : throw new ArgumentException($"BroadcastTo: shape {inputs[0].Shape} does not stretch to {target}.");
    }

    public override Tensor?[] Gradient(GradientContext context) => [Broadcasting.SumTo(context.Cotangent, context.Inputs[0].Shape)];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        Shape shape = outputs[0].Shape;
        int[] strides = Broadcasting.Strides(inputs[0].Shape, shape);
        int[] index = new int[shape.Rank];
        for (int i = 0; i < outputs[0].Size; i++, IndexMath.Increment(index, shape))
            outputs[0].Copy(i, inputs[0], IndexMath.Offset(index, strides));
    }
}
