namespace NKeras.Engine.Primitives;

/// <summary>Counts up from zero along an axis: element [.., i, ..] is i.</summary>
internal sealed record Iota(DType Type, IntList Dims, int Axis) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) => [new TensorSpec(new Shape(Dims.Span), Type)];

    public override Tensor?[] Gradient(GradientContext context) => [];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        int inner = IndexMath.Strides(outputs[0].Shape)[Axis], length = outputs[0].Shape.Dims[Axis];
        for (int i = 0; i < outputs[0].Size; i++) outputs[0].SetNumber(i, i / inner % length);
    }
}
