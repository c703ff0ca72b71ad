using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// The first input with slices (the third) brought in at int32 positions (the second) along an axis; equal positions follow
/// one another in order. Positions outside the axis are dropped: nothing is ever written elsewhere.
/// </summary>
/// <remarks>Slices are added by <see cref="ScatterAdd"/>.</remarks>
internal sealed record Scatter(ScatterMode Mode, int Axis) : Primitive
{
    public override string Name => $"Scatter{Mode}";

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        if (inputs[0].DType != inputs[2].DType) throw new ArgumentException($"{Name}: slices of type {inputs[2].DType} do not fit a tensor of type {inputs[0].DType}.");
        Shape slices = new Gather(Axis).Infer(inputs[..2])[0].Shape;
        if (!slices.IsCompatibleWith(inputs[2].Shape))
            throw new ArgumentException($"{Name}: slices of shape {inputs[2].Shape} do not fit positions of shape {inputs[1].Shape} at axis {Axis} of shape {inputs[0].Shape}.");
        return [inputs[0]];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        (Tensor x, Tensor positions, Tensor slices) = (context.Inputs[0], context.Inputs[1], context.Inputs[2]);
        Tensor dy = context.Cotangent;
        switch (Mode)
        {
            case ScatterMode.Set:
                Tensor zeros = BroadcastTo(ScalarLike(slices, 0), slices.Shape);
                return [context.Needs(0) ? Apply(dy, positions, zeros) : null, null, context.Needs(2) ? Where(Wins(positions, x), Taken(dy, positions), zeros) : null];

            case ScatterMode.Max or ScatterMode.Min:
                // Equal extremes share the gradient evenly, as in a reduction.
                Tensor y = context.Outputs[0];
                Tensor stays = Convert(Binary(ElementwiseFunction.Equal, x, y), x.DType);
                Tensor comes = Convert(Binary(ElementwiseFunction.Equal, slices, new Gather(Axis).Apply(y, positions)), x.DType);
                Tensor share = Divide(dy, stays + Added(positions, comes, x));
                return [stays * share, null, comes * Taken(share, positions)];

            default:
                // As in a reduction: a zero's own factor is the product of the others, and 0 for all where two are zero.
                (Tensor filled, Tensor zero) = WithoutZeros(x);
                (Tensor filledSlices, Tensor zeroSlices) = WithoutZeros(slices);
                Tensor product = Apply(filled, positions, filledSlices);
                Tensor zeroCount = zero + Added(positions, zeroSlices, x);
                return
                [
                    dy * Others(product, filled, zeroCount - zero),
                    null,
                    Taken(dy, positions) * Others(Taken(product, positions), filledSlices, Taken(zeroCount, positions) - zeroSlices),
                ];
        }
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ElementView x = inputs[0], positions = inputs[1], slices = inputs[2], y = outputs[0];
        for (int i = 0; i < x.Size; i++) y.Copy(i, x, i);
        int inner = IndexMath.Strides(x.Shape)[Axis], length = x.Shape.Dims[Axis], count = positions.Size;
        for (int i = 0; i < slices.Size; i++)
        {
            int outer = i / (count * inner);
            long position = positions.Long(i / inner % count);
            if (position < 0 || position >= length) continue;
            int at = (int)((((outer * (long)length) + position) * inner) + (i % inner));
            if (Mode == ScatterMode.Set) y.Copy(at, slices, i);
            else if (x.IsFloating) y.SetDouble(at, Combine(y.Double(at), slices.Double(i)));
            else y.SetLong(at, Combine(y.Long(at), slices.Long(i), x.DType == DType.UInt64));
        }
    }

    private double Combine(double a, double b) => Mode switch
    {
        ScatterMode.Max => Math.Max(a, b),
        ScatterMode.Min => Math.Min(a, b),
        _ => a * b,
    };

    private long Combine(long a, long b, bool wide) => Mode switch
    {
        ScatterMode.Max => wide ? (long)Math.Max((ulong)a, (ulong)b) : Math.Max(a, b),
        ScatterMode.Min => wide ? (long)Math.Min((ulong)a, (ulong)b) : Math.Min(a, b),
        _ => a * b,
    };

    private Tensor Taken(Tensor x, Tensor positions) => ScatterAdd.Taken(x, positions, Axis);

    private Tensor Added(Tensor positions, Tensor slices, Tensor like) => new ScatterAdd(Axis, like.Shape.Dims[Axis]).Apply(positions, slices);

    private static (Tensor Filled, Tensor IsZero) WithoutZeros(Tensor x)
    {
        Tensor isZero = Binary(ElementwiseFunction.Equal, x, ScalarLike(x, 0));
        return (Where(isZero, ScalarLike(x, 1), x), Convert(isZero, x.DType));
    }

    private static Tensor Others(Tensor product, Tensor own, Tensor otherZeros) =>
        Where(Binary(ElementwiseFunction.Equal, otherZeros, ScalarLike(own, 0)), Divide(product, own), ScalarLike(own, 0));

    /// <summary>Which slices are still there at the end: those whose position is inside and that none follows at the same position.</summary>
    private Tensor Wins(Tensor positions, Tensor x)
    {
        int length = x.Shape.Dims[Axis], count = positions.Shape.Size;
        Tensor turns = PrimitiveOps.Reshape(new Iota(DType.Int32, [count], 0).Apply(), positions.Shape);
        Tensor last = new Scatter(ScatterMode.Set, 0).Apply(BroadcastTo(Scalar(DType.Int32, -1), new Shape([length])), positions, turns);
        Tensor wins = Binary(ElementwiseFunction.LogicalAnd, ScatterAdd.Inside(positions, length), Binary(ElementwiseFunction.Equal, new Gather(0).Apply(last, positions), turns));
        return PrimitiveOps.Reshape(wins, ScatterAdd.Along(positions.Shape, Axis, x.Rank));
    }
}
