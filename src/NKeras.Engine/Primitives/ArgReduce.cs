namespace NKeras.Engine.Primitives;

/// <summary>The position of the first greatest (or least) element along an axis, which disappears, as int32. NaN counts as extreme.</summary>
internal sealed record ArgReduce(bool Max, int Axis) : Primitive
{
    public override string Name => Max ? "ArgMax" : "ArgMin";

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape from = inputs[0].Shape;
        if (from.Dims[Axis] == 0) throw new ArgumentException($"{Name}: axis {Axis} of shape {from} is empty, so no element is the greatest.");
        return [new TensorSpec(new Reduce(ReductionKind.Max, [Axis]).Infer([inputs[0] with { DType = DType.Float32 }])[0].Shape, DType.Int32)];
    }

    public override Tensor?[] Gradient(GradientContext context) => [null];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ElementView x = inputs[0];
        int length = x.Shape.Dims[Axis];
        int inner = IndexMath.Strides(x.Shape)[Axis];
        for (int i = 0; i < outputs[0].Size; i++)
        {
            int start = (i / inner * inner * length) + (i % inner);
            int best = 0;
            for (int k = 1; k < length; k++)
            {
                if (Beats(x, start + (k * inner), start + (best * inner))) best = k;
            }

            outputs[0].SetLong(i, best);
        }
    }

    private bool Beats(ElementView x, int challenger, int champion)
    {
        if (!x.IsFloating)
        {
            long a = x.Long(challenger), b = x.Long(champion);
            if (x.DType == DType.UInt64) return Max ? (ulong)a > (ulong)b : (ulong)a < (ulong)b;
            return Max ? a > b : a < b;
        }

        double c = x.Double(challenger), d = x.Double(champion);
        return !double.IsNaN(d) && (double.IsNaN(c) || (Max ? c > d : c < d));
    }
}
