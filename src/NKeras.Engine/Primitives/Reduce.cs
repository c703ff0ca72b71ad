using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>Combines the elements along axes, which disappear.</summary>
/// <param name="Kind">How they combine.</param>
/// <param name="Axes">Distinct axes, counted from zero.</param>
internal sealed record Reduce(ReductionKind Kind, IntList Axes) : Primitive
{
    public override string Name => $"Reduce{Kind}";

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape from = inputs[0].Shape;
        if (Axes.Any(a => a < 0 || a >= from.Rank) || Axes.Distinct().Count() != Axes.Count)
            throw new ArgumentException($"{Name}: {Axes} are not distinct axes of shape {from}.");
        if (Kind is ReductionKind.Any or ReductionKind.All && inputs[0].DType != DType.Bool)
            throw new ArgumentException($"{Name} takes bool elements, not {inputs[0].DType}.");
        List<int> dims = [];
        for (int i = 0; i < from.Rank; i++)
        {
            if (!Axes.Contains(i)) dims.Add(from.Dims[i]);
        }

        return [inputs[0] with { Shape = new Shape([.. dims]) }];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor x = context.Inputs[0];
        Tensor dy = Spread(context.Cotangent, x.Shape);
        switch (Kind)
        {
            case ReductionKind.Sum:
                return [BroadcastTo(dy, x.Shape)];
            case ReductionKind.Max or ReductionKind.Min:
                // Equal extremes share the gradient evenly, as in JAX and PyTorch's amax.
                Tensor mask = Convert(Binary(ElementwiseFunction.Equal, x, Spread(context.Outputs[0], x.Shape)), x.DType);
                return [mask * Divide(dy, Spread(Sum(mask, Axes.Span), x.Shape))];
            case ReductionKind.Product:
                return [BroadcastTo(dy, x.Shape) * ProductOfOthers(x)];
            default:
                return [null];
        }
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ElementView x = inputs[0], y = outputs[0];
        Shape shape = x.Shape;
        int[] kept = IndexMath.Strides(y.Shape);
        int[] strides = new int[shape.Rank];
        for (int i = 0, k = 0; i < shape.Rank; i++) strides[i] = Axes.Contains(i) ? 0 : kept[k++];

        // Sums run in double (or long), rounded once at the end.
        double[] floats = new double[x.IsFloating ? y.Size : 0];
        long[] integers = new long[x.IsFloating ? 0 : y.Size];
        floats.AsSpan().Fill(Kind switch { ReductionKind.Sum => 0, ReductionKind.Product => 1, ReductionKind.Max => double.NegativeInfinity, _ => double.PositiveInfinity });
        integers.AsSpan().Fill(Identity(x.DType));
        int[] index = new int[shape.Rank];
        for (int i = 0; i < x.Size; i++, IndexMath.Increment(index, shape))
        {
            int at = IndexMath.Offset(index, strides);
            if (x.IsFloating) floats[at] = Combine(floats[at], x.Double(i));
            else integers[at] = Combine(integers[at], x.Long(i), x.DType == DType.UInt64);
        }

        for (int i = 0; i < y.Size; i++)
        {
            if (x.IsFloating) y.SetDouble(i, floats[i]);
            else y.SetLong(i, integers[i]);
        }
    }

    /// <summary>What an empty reduction gives for integers and booleans.</summary>
    internal long Identity(DType type) => Kind switch
    {
        ReductionKind.Sum or ReductionKind.Any => 0,
        ReductionKind.Product or ReductionKind.All => 1,
        ReductionKind.Max => type.Kind == DTypeKind.Signed ? -1L << ((type.Size * 8) - 1) : 0,
        _ => type == DType.Bool ? 1
            : type.Kind == DTypeKind.Signed ? (long)(ulong.MaxValue >> (65 - (type.Size * 8)))
            : (long)(ulong.MaxValue >> (64 - (type.Size * 8))),
    };

    private double Combine(double a, double b) => Kind switch
    {
        ReductionKind.Sum => a + b,
        ReductionKind.Product => a * b,
        ReductionKind.Max => Math.Max(a, b),
        _ => Math.Min(a, b),
    };

    private long Combine(long a, long b, bool wide) => Kind switch
    {
        ReductionKind.Sum => a + b,
        ReductionKind.Product => a * b,
        ReductionKind.Max => wide ? (long)Math.Max((ulong)a, (ulong)b) : Math.Max(a, b),
        ReductionKind.Min => wide ? (long)Math.Min((ulong)a, (ulong)b) : Math.Min(a, b),
        ReductionKind.Any => a | b,
        _ => a & b,
    };

    /// <summary>Gives a reduced tensor its axes back, as dimensions of one.</summary>
    private Tensor Spread(Tensor reduced, Shape full)
    {
        int[] dims = full.Dims.ToArray();
        foreach (int axis in Axes) dims[axis] = 1;
        return PrimitiveOps.Reshape(reduced, new Shape(dims));
    }

    /// <summary>
    /// For each element the product of the others, right even where elements are zero: a zero's own is the product of the
    /// rest, and where two or more are zero all are zero.
    /// </summary>
    private Tensor ProductOfOthers(Tensor x)
    {
        Tensor isZero = Binary(ElementwiseFunction.Equal, x, ScalarLike(x, 0));
        Tensor filled = Where(isZero, ScalarLike(x, 1), x);
        Tensor product = Spread(new Reduce(ReductionKind.Product, Axes).Apply(filled), x.Shape);
        Tensor zeros = Convert(isZero, x.DType);
        Tensor otherZeros = Spread(Sum(zeros, Axes.Span), x.Shape) - zeros;
        return Where(Binary(ElementwiseFunction.Equal, otherZeros, ScalarLike(x, 0)), Divide(product, filled), ScalarLike(x, 0));
    }
}
