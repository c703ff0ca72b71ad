namespace NKeras.Engine.Primitives;

/// <summary>
/// Slices of the first input along an axis, at int32 positions given by the second: the axis is replaced by the positions'
/// shape. A position outside the axis gives NaN (zero for integers), so that a kernel never reads foreign memory.
/// </summary>
internal sealed record Gather(int Axis) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        if (inputs[1].DType != DType.Int32) throw new ArgumentException($"Gather takes int32 positions, not {inputs[1].DType}.");
        ReadOnlySpan<int> dims = inputs[0].Shape.Dims;
        return [inputs[0] with { Shape = new Shape([.. dims[..Axis], .. inputs[1].Shape.Dims, .. dims[(Axis + 1)..]]) }];
    }

    public override Tensor?[] Gradient(GradientContext context) =>
        [context.Needs(0) ? new ScatterAdd(Axis, context.Inputs[0].Shape.Dims[Axis]).Apply(context.Inputs[1], context.Cotangent) : null, null];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ElementView x = inputs[0], positions = inputs[1], y = outputs[0];
        int inner = IndexMath.Strides(x.Shape)[Axis], length = x.Shape.Dims[Axis], count = positions.Size;
        for (int i = 0; i < y.Size; i++)
        {
            int outer = i / (count * inner);
            long position = positions.Long(i / inner % count);
            if (position >= 0 && position < length) y.Copy(i, x, (int)((((outer * (long)length) + position) * inner) + (i % inner)));
            else y.SetNumber(i, x.IsFloating ? double.NaN : 0);
        }
    }
}
