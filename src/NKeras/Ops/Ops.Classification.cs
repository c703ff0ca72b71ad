using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Whether the operand is neither an infinity nor NaN.</summary>
    public static Tensor Isfinite(Tensor x) => Classify("Isfinite", ElementwiseFunction.IsFinite, x);

    /// <summary>Whether the operand is an infinity.</summary>
    public static Tensor Isinf(Tensor x) => Classify("Isinf", ElementwiseFunction.IsInf, x);

    /// <summary>Whether the operand is NaN.</summary>
    public static Tensor Isnan(Tensor x) => Classify("Isnan", ElementwiseFunction.IsNan, x);

    /// <summary>Whether the operand is the negative infinity.</summary>
    public static Tensor Isneginf(Tensor x) => OpDispatch.Call("Isneginf", [x], t => Less(t[0], PrimitiveOps.ScalarLike(t[0], NumberRange.Least(t[0].DType))));

    /// <summary>Whether the operand is the positive infinity.</summary>
    public static Tensor Isposinf(Tensor x) => OpDispatch.Call("Isposinf", [x], t => Greater(t[0], PrimitiveOps.ScalarLike(t[0], NumberRange.Most(t[0].DType))));

    /// <summary>-1, 0 or 1, in the operand's type; NaN stays NaN.</summary>
    public static Tensor Sign(Tensor x) => OpDispatch.Call("Sign", [x], t => PrimitiveOps.Unary(ElementwiseFunction.Sign, t[0]));

    /// <summary>Whether the sign is set: of negative numbers, -0 and such NaN.</summary>
    public static Tensor Signbit(Tensor x) => OpDispatch.Call("Signbit", [x], t =>
    {
        Tensor bits = t[0].DType.IsFloating ? new BitCast(Layout(t[0].DType).Bits).Apply(t[0]) : t[0];
        return PrimitiveOps.Binary(ElementwiseFunction.Less, bits, PrimitiveOps.ScalarLike(bits, 0));
    });

    /// <summary>0 for negative numbers, <paramref name="x2"/> for zero, and 1 for positive ones. That of booleans is a boolean.</summary>
    public static Tensor Heaviside(Tensor x1, Tensor x2) => OpDispatch.Call("Heaviside", [x1, x2], t => AsFractions(t[0], t[1], (a, b) =>
    {
        Tensor zero = PrimitiveOps.ScalarLike(a, 0);
        Tensor notPositive = PrimitiveOps.Where(PrimitiveOps.Binary(ElementwiseFunction.Less, a, zero), zero, PrimitiveOps.Where(PrimitiveOps.Binary(ElementwiseFunction.Equal, a, zero), b, a));
        return PrimitiveOps.Where(PrimitiveOps.Binary(ElementwiseFunction.Greater, a, zero), PrimitiveOps.ScalarLike(a, 1), notPositive);
    }));

    /// <summary>Replaces NaN and infinities.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="nan">What stands for NaN.</param>
    /// <param name="posinf">What stands for the positive infinity; the greatest number of the type if omitted.</param>
    /// <param name="neginf">What stands for the negative infinity; the least number of the type if omitted.</param>
    public static Tensor NanToNum(Tensor x, double nan = 0, double? posinf = null, double? neginf = null) => OpDispatch.Call("NanToNum", [x], t =>
    {
        if (!t[0].DType.IsFloating) return t[0];
        Tensor number = PrimitiveOps.Where(PrimitiveOps.Unary(ElementwiseFunction.IsNan, t[0]), PrimitiveOps.ScalarLike(t[0], nan), t[0]);
        number = PrimitiveOps.Where(Isposinf(t[0]), PrimitiveOps.ScalarLike(t[0], posinf ?? NumberRange.Most(t[0].DType)), number);
        return PrimitiveOps.Where(Isneginf(t[0]), PrimitiveOps.ScalarLike(t[0], neginf ?? NumberRange.Least(t[0].DType)), number);
    }, ("nan", nan), ("posinf", posinf), ("neginf", neginf));

    /// <summary>The next number after <paramref name="x1"/> in the direction of <paramref name="x2"/>, in the type that results.</summary>
    public static Tensor Nextafter(Tensor x1, Tensor x2) => OpDispatch.Call("Nextafter", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.UnifyWithFloat(Promotion.Strong(t[0]), Promotion.Strong(t[1]));
        Tensor zero = PrimitiveOps.ScalarLike(a, 0);
        // Numbers of one sign are ordered as their bits are.
        Tensor bits = new BitCast(Layout(a.DType).Bits).Apply(a);
        Tensor isAway = PrimitiveOps.Binary(ElementwiseFunction.Equal, PrimitiveOps.Binary(ElementwiseFunction.Greater, b, a), PrimitiveOps.Binary(ElementwiseFunction.Greater, a, zero));
        Tensor moved = new BitCast(a.DType).Apply(bits + PrimitiveOps.Where(isAway, PrimitiveOps.ScalarLike(bits, 1), PrimitiveOps.ScalarLike(bits, -1)));
        Tensor least = new BitCast(a.DType).Apply(PrimitiveOps.ScalarLike(bits, 1));
        Tensor fromZero = PrimitiveOps.Where(PrimitiveOps.Binary(ElementwiseFunction.Less, b, zero), -1.0 * least, least);
        Tensor next = PrimitiveOps.Where(PrimitiveOps.Binary(ElementwiseFunction.Equal, a, zero), fromZero, moved);
        next = PrimitiveOps.Where(PrimitiveOps.Binary(ElementwiseFunction.Equal, a, b), b, next);
        Tensor isNan = PrimitiveOps.Binary(ElementwiseFunction.LogicalOr, PrimitiveOps.Unary(ElementwiseFunction.IsNan, a), PrimitiveOps.Unary(ElementwiseFunction.IsNan, b));
        return new StopGradient().Apply(PrimitiveOps.Where(isNan, PrimitiveOps.ScalarLike(a, double.NaN), next));
    });

    private static Tensor Classify(string name, ElementwiseFunction function, Tensor x) => OpDispatch.Call(name, [x], t => PrimitiveOps.Unary(function, t[0]));
}
