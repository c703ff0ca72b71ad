using NKeras.Engine.Primitives;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Primitives;

internal static partial class PrimitiveCases
{
    /// <summary>Sizes around vector widths, primes, nothing at all, and enough for several parts.</summary>
    private static readonly int[] s_sizes = [0, 1, 2, 7, 8, 15, 16, 17, 31, 33, 65, 257, 20_011];

    private static readonly (Shape A, Shape B)[] s_broadcasts =
    [
        (Shape.Scalar, Shape.Scalar), (Shape.Scalar, new([33])), (new([33]), Shape.Scalar), (new([5, 1]), new([1, 7])), (new([3, 17]), new([17])),
        (new([17]), new([3, 17])), (new([2, 3, 5]), new([3, 1])), (new([4, 1, 3]), new([1, 5, 1])), (new([0, 3]), new([1, 3])),
        (new([1, 1, 1]), new([19])), (new([2, 1, 16, 1]), new([3, 1, 33])), (new([63, 301]), new([63, 1])), (new([1, 301]), new([63, 301])),
    ];

    /// <summary>Whether the function takes operands of the type.</summary>
    public static bool Takes(F function, DType type) =>
        function.IsLogical() ? type == DType.Bool
        : function.IsIntegerOnly() ? type.IsInteger
        : function.IsBitwise() ? !type.IsFloating
        : function.IsFloatOnly() || function.IsClassification() ? type.IsFloating
        : type != DType.Bool || function is F.Add or F.Multiply or F.Maximum or F.Minimum or F.Select || function.IsComparison();

    private static IEnumerable<PrimitiveCase> Elementwise()
    {
        foreach (F function in Enum.GetValues<F>())
        {
            Tolerance tolerance = ToleranceOf(function);
            Elementwise primitive = new(function);
            foreach (DType type in DType.All.Where(t => Takes(function, t)))
            {
                foreach (int size in type == DType.Float32 ? s_sizes : [0, 1, 17, 37])
                {
                    yield return Close(tolerance, primitive, Of(function, type, Fill.Special, [size], [size], [size])) with { Group = $"{function} {type}" };
                    yield return Close(tolerance, primitive, Of(function, type, Fill.Plain, [size], [size], [size])) with { Group = $"{function} {type}" };
                }

                if (function.Arity() == 1) continue;
                bool all = type == DType.Float32 || type == DType.Int32 || type == DType.Bool;
                foreach ((Shape a, Shape b) in all ? s_broadcasts : s_broadcasts.Where(p => p.A.Rank == 3))
                {
                    Shape c = function.Arity() == 3 ? a : b;
                    yield return Close(tolerance, primitive, Of(function, type, Fill.Special, a, b, c)) with { Group = $"{function} {type}" };
                    if (function.Arity() == 3)
                        yield return Close(tolerance, primitive, Of(function, type, Fill.Plain, Shape.Scalar, a, b)) with { Group = $"{function} {type}" };
                }
            }
        }
    }

    private static Operand[] Of(F function, DType type, Fill fill, params Shape[] shapes) =>
        [.. shapes.Take(function.Arity()).Select((s, i) => new Operand(s, function == F.Select && i == 0 ? DType.Bool : type, fill))];

    /// <summary>
    /// Arithmetic is rounded once, so it is exact. The polynomial kernels promise up to 4 units; pow and the like are computed
    /// in double and rounded, and so does the reference where the kernel rounds only once (or twice). Sign and Relu of a zero may
    /// keep its sign.
    /// </summary>
    private static Tolerance ToleranceOf(F function) => function switch
    {
        >= F.Rsqrt and <= F.Erfc => Tolerance.Ulps(4),
        F.Sign or F.Relu => Tolerance.SameNumber,
        >= F.Erfinv and <= F.Cbrt or >= F.Hypot and <= F.Polygamma or F.FloorDivide or F.Power or F.Atan2 or F.MultiplyAdd => Tolerance.Ulps(1),
        _ => Tolerance.Exact,
    };
}
