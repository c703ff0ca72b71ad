namespace NKeras.Engine.Primitives;

/// <summary>
/// Adds slices (the second input) into a zero tensor at int32 positions (the first) along an axis of a given length: the
/// transpose of <see cref="Gather"/>. Positions outside the axis are dropped; equal positions add up in order.
/// </summary>
internal sealed record ScatterAdd(int Axis, int Length) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        if (inputs[0].DType != DType.Int32) throw new ArgumentException($"ScatterAdd takes int32 positions, not {inputs[0].DType}.");
        ReadOnlySpan<int> dims = inputs[1].Shape.Dims;
        int rank = inputs[0].Shape.Rank;
        if (dims.Length < Axis + rank || !new Shape(dims.Slice(Axis, rank)).IsCompatibleWith(inputs[0].Shape))
            throw new ArgumentException($"ScatterAdd: slices of shape {inputs[1].Shape} do not fit positions of shape {inputs[0].Shape} at axis {Axis}.");
        return [inputs[1] with { Shape = new Shape([.. dims[..Axis], Length, .. dims[(Axis + rank)..]]) }];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        if (!context.Needs(1)) return [null, null];
        // A dropped position has no influence, so its gradient is zero where Gather would give NaN.
        Tensor positions = context.Inputs[0];
        Tensor inside = PrimitiveOps.Binary(
            ElementwiseFunction.LogicalAnd,
            PrimitiveOps.Binary(ElementwiseFunction.GreaterEqual, positions, PrimitiveOps.ScalarLike(positions, 0)),
            PrimitiveOps.Binary(ElementwiseFunction.Less, positions, PrimitiveOps.ScalarLike(positions, Length)));
        Shape full = context.Inputs[1].Shape;
        int[] dims = new int[full.Rank];
        Array.Fill(dims, 1);
        positions.Shape.Dims.CopyTo(dims.AsSpan(Axis));
        Tensor taken = new Gather(Axis).Apply(context.Cotangent, positions);
        return [null, PrimitiveOps.Where(PrimitiveOps.Reshape(inside, new Shape(dims)), taken, PrimitiveOps.ScalarLike(taken, 0))];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ElementView positions = inputs[0], x = inputs[1], y = outputs[0];
        y.Clear();
        int inner = IndexMath.Strides(y.Shape)[Axis], count = positions.Size;
        for (int i = 0; i < x.Size; i++)
        {
            int outer = i / (count * inner);
            long position = positions.Long(i / inner % count);
            if (position < 0 || position >= Length) continue;
            int at = (int)((((outer * (long)Length) + position) * inner) + (i % inner));
            if (x.IsFloating) y.SetDouble(at, y.Double(at) + x.Double(i));
            else y.SetLong(at, y.Long(at) + x.Long(i));
        }
    }
}
