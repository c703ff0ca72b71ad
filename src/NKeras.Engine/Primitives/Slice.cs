namespace NKeras.Engine.Primitives;

/// <summary>
/// Every <c>Steps[i]</c>-th element from <c>Starts[i]</c> up to (not including) <c>Stops[i]</c> along each axis. Where the axis
/// is unknown, while shapes are being inferred, the stop may be as well.
/// </summary>
internal sealed record Slice(IntList Starts, IntList Stops, IntList Steps) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape from = inputs[0].Shape;
        if (Starts.Count != from.Rank || Stops.Count != from.Rank || Steps.Count != from.Rank)
            throw new ArgumentException($"Slice needs a start, a stop and a step for each axis of shape {from}.");
        int[] dims = new int[from.Rank];
        for (int i = 0; i < dims.Length; i++)
        {
            if (from.Dims[i] == Shape.Unknown && Stops[i] == Shape.Unknown)
            {
                dims[i] = Shape.Unknown;
                continue;
            }

            if (Starts[i] < 0 || Steps[i] < 1 || Stops[i] < Starts[i] || (from.Dims[i] != Shape.Unknown && Stops[i] > from.Dims[i]))
                throw new ArgumentException($"Slice: {Starts[i]}..{Stops[i]} by {Steps[i]} is outside axis {i} of shape {from}.");
            dims[i] = (int)(((long)Stops[i] - Starts[i] + Steps[i] - 1) / Steps[i]);
        }

        return [inputs[0] with { Shape = new Shape(dims) }];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Shape from = context.Inputs[0].Shape, to = context.Outputs[0].Shape;
        int[] after = new int[from.Rank];
        for (int i = 0; i < after.Length; i++)
            after[i] = from.Dims[i] - Starts[i] - (to.Dims[i] == 0 ? 0 : ((to.Dims[i] - 1) * Steps[i]) + 1);
        Tensor dy = context.Cotangent;
        return [new Pad(Starts, new IntList(after), new IntList([.. Steps.Select(s => s - 1)])).Apply(dy, PrimitiveOps.ScalarLike(dy, 0))];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        Shape shape = outputs[0].Shape;
        int[] strides = IndexMath.Strides(inputs[0].Shape);
        int offset = IndexMath.Offset(Starts.Span, strides);
        for (int i = 0; i < strides.Length; i++) strides[i] *= Steps[i];
        int[] index = new int[shape.Rank];
        for (int i = 0; i < outputs[0].Size; i++, IndexMath.Increment(index, shape))
            outputs[0].Copy(i, inputs[0], offset + IndexMath.Offset(index, strides));
    }
}
