namespace NKeras.Engine.Tests.Primitives;

/// <summary>An input of a test case: shape, type, and how to draw its elements.</summary>
internal sealed record Operand(Shape Shape, DType DType, Fill Fill = Fill.Plain, double Low = 0, double High = 0)
{
    private static readonly double[] s_special =
    [
        0, -0.0, 1, -1, 2, -2, 0.5, -0.5, 1.5, 2.5, -1.5, -2.5, 3, -3, 7.25, double.NaN, double.PositiveInfinity,
        double.NegativeInfinity, 1e-40, -1e-40, 1e-10, 3e4, -3e4, 1e9, -3e9, 1e30, -1e30, float.MaxValue, float.MinValue,
    ];

    private static readonly double[] s_nonFinite = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0];

    /// <summary>An operand whose elements lie between two bounds.</summary>
    public static Operand Between(double low, double high, Shape shape, DType type) => new(shape, type, Fill.Range, low, high);

    public Tensor Make(Random random)
    {
        ConcreteTensor tensor = ConcreteTensor.Allocate(new TensorSpec(Shape, DType));
        ElementView view = ElementView.Of(tensor);
        double[] distinct = [.. Enumerable.Range(0, Fill == Fill.Distinct ? view.Size : 0).Select(i => (i - (view.Size / 2)) * 0.1 + 0.03)];
        random.Shuffle(distinct);
        for (int i = 0; i < view.Size; i++)
        {
            if (Fill == Fill.Distinct) view.SetNumber(i, distinct[i]);
            else if (DType.IsFloating) view.SetDouble(i, Float(random));
            else view.SetLong(i, Integer(random));
        }

        return tensor;
    }

    public override string ToString() => $"{DType}{Shape} {Fill}";

    private double Float(Random random) => Fill switch
    {
        Fill.Range => Low + (random.NextDouble() * (High - Low)),
        Fill.Special when random.Next(3) > 0 => s_special[random.Next(s_special.Length)],
        Fill.NonFinite when random.Next(40) == 0 => s_nonFinite[random.Next(s_nonFinite.Length)],
        _ => (random.NextDouble() * 4) - 2,
    };

    private long Integer(Random random)
    {
        if (DType == DType.Bool) return random.Next(2);
        int bits = DType.Size * 8;
        return Fill switch
        {
            Fill.Range => random.NextInt64((long)Low, (long)High),
            Fill.Special => random.Next(5) switch
            {
                0 => DType.Kind == DTypeKind.Signed ? -1L << (bits - 1) : 0,
                1 => DType.Kind == DTypeKind.Signed ? (1L << (bits - 1)) - 1 : -1,
                2 => random.NextInt64(),
                _ => Small(random),
            },
            _ => Small(random),
        };
    }

    private long Small(Random random) => DType.Kind == DTypeKind.Signed ? random.Next(-9, 10) : random.Next(0, 19);
}
