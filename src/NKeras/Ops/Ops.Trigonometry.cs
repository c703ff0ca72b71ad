using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>1/3!, 1/5!, …: the series of sin(x) / x.</summary>
    private static readonly double[] s_sincSeries = [-1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880, -1.0 / 39916800, 1.0 / 6227020800];

    /// <summary>The sine of radians.</summary>
    public static Tensor Sin(Tensor x) => Fraction("Sin", ElementwiseFunction.Sin, x);

    /// <summary>The cosine of radians.</summary>
    public static Tensor Cos(Tensor x) => Fraction("Cos", ElementwiseFunction.Cos, x);

    /// <summary>The tangent of radians.</summary>
    public static Tensor Tan(Tensor x) => Fraction("Tan", ElementwiseFunction.Tan, x);

    /// <summary>The inverse sine, in radians; NaN outside of [-1, 1].</summary>
    public static Tensor Arcsin(Tensor x) => Fraction("Arcsin", ElementwiseFunction.Asin, x);

    /// <summary>The inverse cosine, in radians; NaN outside of [-1, 1].</summary>
    public static Tensor Arccos(Tensor x) => Fraction("Arccos", ElementwiseFunction.Acos, x);

    /// <summary>The inverse tangent, in radians.</summary>
    public static Tensor Arctan(Tensor x) => Fraction("Arctan", ElementwiseFunction.Atan, x);

    /// <summary>The hyperbolic sine.</summary>
    public static Tensor Sinh(Tensor x) => Fraction("Sinh", ElementwiseFunction.Sinh, x);

    /// <summary>The hyperbolic cosine.</summary>
    public static Tensor Cosh(Tensor x) => Fraction("Cosh", ElementwiseFunction.Cosh, x);

    /// <summary>The inverse hyperbolic sine.</summary>
    public static Tensor Arcsinh(Tensor x) => Fraction("Arcsinh", ElementwiseFunction.Asinh, x);

    /// <summary>The inverse hyperbolic cosine; NaN below 1.</summary>
    public static Tensor Arccosh(Tensor x) => Fraction("Arccosh", ElementwiseFunction.Acosh, x);

    /// <summary>The inverse hyperbolic tangent; NaN outside of [-1, 1].</summary>
    public static Tensor Arctanh(Tensor x) => Fraction("Arctanh", ElementwiseFunction.Atanh, x);

    /// <summary>The angle of the point (x2, x1) in radians, in all four quadrants.</summary>
    public static Tensor Arctan2(Tensor x1, Tensor x2) => OpDispatch.Call("Arctan2", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.UnifyWithFloat(Promotion.Strong(t[0]), Promotion.Strong(t[1]));
        return PrimitiveOps.Binary(ElementwiseFunction.Atan2, a, b);
    });

    /// <summary>sin(πx) / (πx), and 1 at 0.</summary>
    public static Tensor Sinc(Tensor x) => OpDispatch.Call("Sinc", [x], t =>
    {
        Tensor angle = Math.PI * Promotion.WithFloat(t[0]), square = angle * angle;
        // Near zero the quotient's derivative would be a difference of large numbers.
        Tensor isSmall = PrimitiveOps.Binary(ElementwiseFunction.Less, PrimitiveOps.Unary(ElementwiseFunction.Abs, angle), PrimitiveOps.ScalarLike(angle, 0.5));
        Tensor series = PrimitiveOps.ScalarLike(angle, 0);
        for (int i = s_sincSeries.Length - 1; i >= 0; i--) series = (series + s_sincSeries[i]) * square;
        Tensor large = PrimitiveOps.Where(isSmall, PrimitiveOps.ScalarLike(angle, 1), angle);
        return PrimitiveOps.Where(isSmall, series + 1.0, PrimitiveOps.Divide(PrimitiveOps.Unary(ElementwiseFunction.Sin, large), large));
    });

    /// <summary>Degrees as radians.</summary>
    public static Tensor Deg2rad(Tensor x) => OpDispatch.Call("Deg2rad", [x], t => Math.PI / 180 * Promotion.WithFloat(t[0]));

    /// <summary>Radians as degrees.</summary>
    public static Tensor Rad2deg(Tensor x) => OpDispatch.Call("Rad2deg", [x], t => 180 / Math.PI * Promotion.WithFloat(t[0]));
}
