using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Primitives;

/// <summary>The table of cases: what every backend must be able to do. A primitive without an entry fails a test.</summary>
internal static partial class PrimitiveCases
{
    private static readonly Lazy<PrimitiveCase[]> s_all = new(() =>
    [
        .. Elementwise(), .. Movement(), .. Indexing(), .. Reductions(), .. Ordering(), .. Products(), .. Conversions(), .. Rows(), .. Generators(), .. Windows(), .. Sampling(), .. Sequences(), .. Attention(), .. Matrices(), .. Fused(), .. Control(),
    ]);

    public static IReadOnlyList<PrimitiveCase> All => s_all.Value;

    /// <summary>The names of the groups, for theories.</summary>
    public static IEnumerable<string> Groups => All.Select(c => c.Group).Distinct();

    public static IEnumerable<PrimitiveCase> InGroup(string group) => All.Where(c => c.Group == group);

    /// <summary>One type of each width and kind of arithmetic.</summary>
    private static IEnumerable<DType> SomeTypes => [DType.Bool, DType.UInt8, DType.Int16, DType.BFloat16, DType.Float16, DType.Float32, DType.Int64, DType.Float64];

    private static PrimitiveCase Exact(Primitive primitive, params Operand[] operands) =>
        new($"{primitive.Name} {operands.FirstOrDefault()?.DType ?? DType.Float32}", primitive, operands, Tolerance.Exact);

    private static PrimitiveCase Close(Tolerance tolerance, Primitive primitive, params Operand[] operands) =>
        Exact(primitive, operands) with { Tolerance = tolerance };

    private static Operand Special(Shape shape, DType type) => new(shape, type, Fill.Special);

    /// <summary>int32 positions, some of them outside the axis.</summary>
    private static Operand Positions(Shape shape, int length) => Operand.Between(-1, length + 1, shape, DType.Int32);
}
