using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The error function, in the type of x: cast integers to floating point first, their values would be cut off.</summary>
    public static Tensor Erf(Tensor x) => FractionOfType("Erf", ElementwiseFunction.Erf, x);

    /// <summary>1 - erf(x), accurate where the error function is close to 1.</summary>
    public static Tensor Erfc(Tensor x) => Fraction("Erfc", ElementwiseFunction.Erfc, x);

    /// <summary>The number whose error function is the operand; NaN outside of [-1, 1].</summary>
    public static Tensor Erfinv(Tensor x) => Fraction("Erfinv", ElementwiseFunction.Erfinv, x);

    /// <summary>The modified Bessel function of the first kind of order 0.</summary>
    public static Tensor I0(Tensor x) => Fraction("I0", ElementwiseFunction.BesselI0, x);

    /// <summary>The regularised lower incomplete gamma function P(x1, x2); NaN for negative operands.</summary>
    /// <param name="x1">The shape.</param>
    /// <param name="x2">The upper bound of the integral.</param>
    public static Tensor Gammainc(Tensor x1, Tensor x2) => OpDispatch.Call("Gammainc", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.UnifyWithFloat(Promotion.Strong(t[0]), Promotion.Strong(t[1]));
        return PrimitiveOps.Binary(ElementwiseFunction.Gammainc, a, b);
    });
}
