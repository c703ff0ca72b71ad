using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The exponential.</summary>
    public static Tensor Exp(Tensor x) => Fraction("Exp", ElementwiseFunction.Exp, x);

    /// <summary>2 to the power of the operand.</summary>
    public static Tensor Exp2(Tensor x) => Fraction("Exp2", ElementwiseFunction.Exp2, x);

    /// <summary>The exponential minus one, accurate near zero.</summary>
    public static Tensor Expm1(Tensor x) => Fraction("Expm1", ElementwiseFunction.Expm1, x);

    /// <summary>The natural logarithm.</summary>
    public static Tensor Log(Tensor x) => Fraction("Log", ElementwiseFunction.Log, x);

    /// <summary>The logarithm to base 2.</summary>
    public static Tensor Log2(Tensor x) => Fraction("Log2", ElementwiseFunction.Log2, x);

    /// <summary>The logarithm to base 10.</summary>
    public static Tensor Log10(Tensor x) => Fraction("Log10", ElementwiseFunction.Log10, x);

    /// <summary>ln(1 + x), accurate near zero.</summary>
    public static Tensor Log1p(Tensor x) => Fraction("Log1p", ElementwiseFunction.Log1p, x);

    /// <summary>ln(e^x1 + e^x2), without overflow on the way.</summary>
    public static Tensor Logaddexp(Tensor x1, Tensor x2) => LogOfSum("Logaddexp", x1, x2, 1);

    /// <summary>log2(2^x1 + 2^x2), without overflow on the way.</summary>
    public static Tensor Logaddexp2(Tensor x1, Tensor x2) => LogOfSum("Logaddexp2", x1, x2, Math.Log(2));

    /// <summary>x1 · 2^x2 for integers x2, rounded only where the result is too small for all digits.</summary>
    /// <exception cref="ArgumentException">The exponent is not of an integer type.</exception>
    public static Tensor Ldexp(Tensor x1, Tensor x2) => OpDispatch.Call("Ldexp", [x1, x2], t =>
    {
        if (!t[1].DType.IsInteger) throw new ArgumentException($"Ldexp takes exponents of an integer type; received x2 of type {t[1].DType}.", nameof(x2));
        Tensor x = Promotion.UnifyWithFloat(Promotion.Strong(t[0]), Promotion.Strong(t[1])).A;
        // Three factors, none of which overflows, together reach from the least number to infinity.
        (DType bits, int fraction, int bias, int most) = Layout(x.DType);
        Tensor exponent = PrimitiveOps.Convert(Clipped(Promotion.Strong(t[1]), -3 * most, 3 * most), bits);
        Tensor first = PrimitiveOps.Binary(ElementwiseFunction.FloorDivide, exponent, PrimitiveOps.ScalarLike(exponent, 3));
        Tensor second = PrimitiveOps.Binary(ElementwiseFunction.FloorDivide, exponent - first, PrimitiveOps.ScalarLike(exponent, 2));
        return x * PowerOfTwo(first) * PowerOfTwo(second) * PowerOfTwo(exponent - first - second);

        Tensor PowerOfTwo(Tensor n) => new BitCast(x.DType).Apply(PrimitiveOps.Binary(ElementwiseFunction.LeftShift, n + bias, PrimitiveOps.ScalarLike(n, fraction)));
    });

    /// <summary>How a floating-point type is laid out: the integer type of its size, the bits of the fraction, the exponent's bias, and a third of the exponents' range.</summary>
    private static (DType Bits, int Fraction, int Bias, int Most) Layout(DType type) =>
        type == DType.Float64 ? (DType.Int64, 52, 1023, 720)
        : type == DType.Float32 ? (DType.Int32, 23, 127, 95)
        : type == DType.Float16 ? (DType.Int16, 10, 15, 14)
        : (DType.Int16, 7, 127, 90);

    private static Tensor LogOfSum(string name, Tensor x1, Tensor x2, double logOfBase) => OpDispatch.Call(name, [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.UnifyWithFloat(Promotion.Strong(t[0]), Promotion.Strong(t[1]));
        // Equal infinities have no difference.
        Tensor difference = PrimitiveOps.Where(PrimitiveOps.Binary(ElementwiseFunction.Equal, a, b), PrimitiveOps.ScalarLike(a, 0), a - b);
        Tensor below = -logOfBase * PrimitiveOps.Unary(ElementwiseFunction.Abs, difference);
        return PrimitiveOps.Binary(ElementwiseFunction.Maximum, a, b) + (1 / logOfBase * PrimitiveOps.Unary(ElementwiseFunction.Softplus, below));
    });
}
