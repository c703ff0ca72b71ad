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

    public override Tensor?[] Gradient(GradientContext context) =>
        [null, context.Needs(1) ? Taken(context.Cotangent, context.Inputs[0], Axis) : null];

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

    /// <summary>Slices at positions along an axis; zero where a position is outside: a dropped slice has no influence, so no gradient.</summary>
    internal static Tensor Taken(Tensor x, Tensor positions, int axis)
    {
        Tensor taken = new Gather(axis).Apply(x, positions);
        Tensor inside = PrimitiveOps.Reshape(Inside(positions, x.Shape.Dims[axis]), Along(positions.Shape, axis, x.Rank));
        return PrimitiveOps.Where(inside, taken, PrimitiveOps.ScalarLike(taken, 0));
    }

    /// <summary>Whether positions are inside an axis.</summary>
    internal static Tensor Inside(Tensor positions, double length) => PrimitiveOps.Binary(
        ElementwiseFunction.LogicalAnd,
        PrimitiveOps.Binary(ElementwiseFunction.GreaterEqual, positions, PrimitiveOps.ScalarLike(positions, 0)),
        PrimitiveOps.Binary(ElementwiseFunction.Less, positions, PrimitiveOps.ScalarLike(positions, length)));

    /// <summary>The shape in which something for each position meets slices taken along an axis of a tensor of some rank.</summary>
    internal static Shape Along(Shape positions, int axis, int rank) => new([.. Enumerable.Repeat(1, axis), .. positions.Dims, .. Enumerable.Repeat(1, rank - axis - 1)]);
}
