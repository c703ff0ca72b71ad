using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The least whole number not below the operand, as a floating-point number.</summary>
    public static Tensor Ceil(Tensor x) => Fraction("Ceil", ElementwiseFunction.Ceiling, x);

    /// <summary>The greatest whole number not above the operand, as a floating-point number.</summary>
    public static Tensor Floor(Tensor x) => Fraction("Floor", ElementwiseFunction.Floor, x);

    /// <summary>The operand without its fraction; integers and booleans stay what they are.</summary>
    public static Tensor Trunc(Tensor x) => OpDispatch.Call("Trunc", [x], t => t[0].DType == DType.Bool ? t[0] : PrimitiveOps.Unary(ElementwiseFunction.Truncate, Promotion.Narrow(t[0])));

    /// <summary>Rounds to a number of decimals, halves to even.</summary>
    /// <param name="x">The tensor. Booleans become float16.</param>
    /// <param name="decimals">How many decimals are kept; if negative, as many places before the point become zero.</param>
    public static Tensor Round(Tensor x, int decimals = 0) => OpDispatch.Call("Round", [x], t => Rounded(BooleansAs(DType.Float16, t[0]), decimals), ("decimals", decimals));

    private static Tensor Rounded(Tensor x, int decimals)
    {
        if (!x.DType.IsFloating) return decimals >= 0 ? x : PrimitiveOps.Convert(Rounded(PrimitiveOps.Convert(x, DType.Float64), decimals), x.DType);
        if (decimals == 0) return PrimitiveOps.Unary(ElementwiseFunction.Round, x);
        Tensor factor = PrimitiveOps.ScalarLike(x, Math.Pow(10, Math.Abs((double)decimals)));
        Tensor rounded = PrimitiveOps.Unary(ElementwiseFunction.Round, decimals > 0 ? x * factor : PrimitiveOps.Divide(x, factor));
        // What is too large to be scaled has no such decimals; zero times an infinite factor is zero.
        return decimals > 0
            ? PrimitiveOps.Where(PrimitiveOps.Unary(ElementwiseFunction.IsFinite, rounded), PrimitiveOps.Divide(rounded, factor), x)
            : PrimitiveOps.Where(PrimitiveOps.Binary(ElementwiseFunction.Equal, rounded, PrimitiveOps.ScalarLike(x, 0)), rounded, rounded * factor);
    }
}
