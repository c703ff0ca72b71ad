namespace NKeras.Engine.Primitives;

/// <summary>
/// The elements along the last axis in order, and the int32 positions they come from; equal elements keep theirs. NaN counts as
/// greater than any number.
/// </summary>
internal sealed record Sort(bool Descending) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) => inputs[0].Shape.Rank > 0
        ? [inputs[0], inputs[0] with { DType = DType.Int32 }]
        : throw new ArgumentException("Sort takes at least a vector, not a scalar.");

    public override Tensor?[] Gradient(GradientContext context)
    {
        if (context.Cotangents[0] is not { } dy || !dy.DType.IsFloating) return [null];
        int length = dy.Shape.Dims[^1], size = dy.Shape.Size, rows = size == 0 ? 0 : size / length;
        // Each element's gradient goes back to where it came from, counted in the flattened tensor.
        Tensor starts = new Iota(DType.Int32, [rows, 1], 0).Apply() * PrimitiveOps.Scalar(DType.Int32, length);
        Tensor places = PrimitiveOps.Reshape(context.Outputs[1], new Shape([rows, length])) + starts;
        Tensor dx = new ScatterAdd(0, size).Apply(PrimitiveOps.Reshape(places, new Shape([size])), PrimitiveOps.Reshape(dy, new Shape([size])));
        return [PrimitiveOps.Reshape(dx, dy.Shape)];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ElementView x = inputs[0], values = outputs[0], positions = outputs[1];
        int length = x.Shape.Dims[^1];
        int[] order = new int[length];
        for (int start = 0; start < x.Size; start += length)
        {
            int first = start;
            for (int i = 0; i < length; i++) order[i] = i;
            Array.Sort(order, (a, b) =>
            {
                int compared = Compare(x, first + a, x, first + b);
                return compared == 0 ? a - b : Descending ? -compared : compared;
            });
            for (int i = 0; i < length; i++)
            {
                values.Copy(start + i, x, start + order[i]);
                positions.SetLong(start + i, order[i]);
            }
        }
    }

    /// <summary>Compares elements of one type; NaN is greater than any number and equal to itself.</summary>
    internal static int Compare(ElementView x, int i, ElementView y, int j)
    {
        if (x.DType == DType.UInt64) return ((ulong)x.Long(i)).CompareTo((ulong)y.Long(j));
        if (!x.IsFloating) return x.Long(i).CompareTo(y.Long(j));
        double a = x.Double(i), b = y.Double(j);
        return a < b ? -1 : a > b ? 1 : double.IsNaN(a).CompareTo(double.IsNaN(b));
    }
}
