namespace NKeras.Engine.Primitives;

/// <summary>The same bits as elements of another type. If the size of the elements differs, the last axis gets longer or shorter.</summary>
internal sealed record BitCast(DType Type) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        (Shape shape, DType from) = (inputs[0].Shape, inputs[0].DType);
        if (from.Size == 0 || Type.Size == 0) throw new ArgumentException($"{from} cannot be seen as {Type}: text has no bits.");
        if (from.Size == Type.Size) return [new TensorSpec(shape, Type)];
        if (shape.Rank == 0) throw new ArgumentException($"A scalar of type {from} cannot be seen as {Type}: the elements have {from.Size} and {Type.Size} bytes.");
        if (shape[shape.Rank - 1] is not { } length) return [new TensorSpec(shape, Type)];
        (long last, long left) = Math.DivRem((long)length * from.Size, Type.Size);
        if (left != 0)
            throw new ArgumentException($"A tensor of shape {shape} and type {from} cannot be seen as {Type}: the {(long)length * from.Size} bytes of the last axis are no multiple of {Type.Size}.");
        return [new TensorSpec(shape.With(shape.Rank - 1, checked((int)last)), Type)];
    }

    public override Tensor?[] Gradient(GradientContext context) => [null];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        outputs[0].CopyBytes(inputs[0]);
        if (Type != DType.Bool) return;
        // Any byte but zero is true, and is written as one.
        for (int i = 0; i < outputs[0].Size; i++) outputs[0].SetLong(i, outputs[0].Long(i));
    }
}
