using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The sum, element by element, with broadcasting.</summary>
    public static Tensor Add(Tensor x1, Tensor x2) => Binary("Add", ElementwiseFunction.Add, x1, x2);

    /// <summary>The difference.</summary>
    /// <exception cref="ArgumentException">Both operands are booleans.</exception>
    public static Tensor Subtract(Tensor x1, Tensor x2) => OpDispatch.Call("Subtract", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        if (a.DType == DType.Bool) throw new ArgumentException("Subtract does not take two booleans. Use NotEqual or LogicalXor, or cast one of them to an integer type.");
        return PrimitiveOps.Binary(ElementwiseFunction.Subtract, a, b);
    });

    /// <summary>The product.</summary>
    public static Tensor Multiply(Tensor x1, Tensor x2) => Binary("Multiply", ElementwiseFunction.Multiply, x1, x2);

    /// <summary>The quotient, as a floating-point number.</summary>
    public static Tensor Divide(Tensor x1, Tensor x2) => Quotient("Divide", x1, x2);

    /// <summary>Another name of <see cref="Divide"/>, and what the operator <c>/</c> does.</summary>
    public static Tensor TrueDivide(Tensor x1, Tensor x2) => Quotient("TrueDivide", x1, x2);

    /// <summary>The quotient, 0 where the divisor is 0 (also for the gradient).</summary>
    public static Tensor DivideNoNan(Tensor x1, Tensor x2) => OpDispatch.Call("DivideNoNan", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.UnifyWithFloat(t[0], t[1]);
        Tensor isZero = PrimitiveOps.Binary(ElementwiseFunction.Equal, b, PrimitiveOps.ScalarLike(b, 0));
        return PrimitiveOps.Where(isZero, PrimitiveOps.ScalarLike(a, 0), PrimitiveOps.Divide(a, PrimitiveOps.Where(isZero, PrimitiveOps.ScalarLike(b, 1), b)));
    });

    /// <summary>The greatest whole number not above the quotient; two booleans give int8, and whole numbers divided by zero 0.</summary>
    public static Tensor FloorDivide(Tensor x1, Tensor x2) => OpDispatch.Call("FloorDivide", [x1, x2], t =>
        Integral(ElementwiseFunction.FloorDivide, Promotion.Unify(t[0], t[1]), DType.Int8));

    /// <summary>What <see cref="FloorDivide"/> leaves, with the sign of the divisor; also the operator <c>%</c>. Two booleans give int32.</summary>
    public static Tensor Mod(Tensor x1, Tensor x2) => OpDispatch.Call("Mod", [x1, x2], t =>
        Integral(ElementwiseFunction.Remainder, Promotion.UnifyStrong(t[0], t[1]), DType.Int32));

    /// <summary>The remainder of a division rounded toward zero, with the sign of the dividend, as in C. Two booleans give int32.</summary>
    public static Tensor Fmod(Tensor x1, Tensor x2) => OpDispatch.Call("Fmod", [x1, x2], t =>
        Integral(ElementwiseFunction.Fmod, Promotion.UnifyStrong(t[0], t[1]), DType.Int32));

    /// <summary>The first operand to the power of the second; two booleans give int8.</summary>
    public static Tensor Power(Tensor x1, Tensor x2) => OpDispatch.Call("Power", [x1, x2], t =>
        Integral(ElementwiseFunction.Power, Promotion.Unify(t[0], t[1]), DType.Int8));

    /// <summary>The negative.</summary>
    /// <exception cref="ArgumentException">The operand is boolean.</exception>
    public static Tensor Negative(Tensor x) => OpDispatch.Call("Negative", [x], t => t[0].DType == DType.Bool
        ? throw new ArgumentException("Negative does not take a boolean. Use LogicalNot, or cast it to an integer type.")
        : PrimitiveOps.Unary(ElementwiseFunction.Negate, t[0]));

    /// <summary>The absolute value.</summary>
    public static Tensor Abs(Tensor x) => Absolute(x);

    /// <summary>The absolute value.</summary>
    public static Tensor Absolute(Tensor x) => OpDispatch.Call("Absolute", [x], t => PrimitiveOps.Unary(ElementwiseFunction.Abs, t[0]));

    /// <summary>The absolute value as a floating-point number.</summary>
    public static Tensor Fabs(Tensor x) => Fraction("Fabs", ElementwiseFunction.Abs, x);

    /// <summary>One over the operand. Integers stay integers: only 1 and -1 have one that is not 0; booleans become int8.</summary>
    public static Tensor Reciprocal(Tensor x) => OpDispatch.Call("Reciprocal", [x], t =>
    {
        if (t[0].DType.IsFloating) return PrimitiveOps.Unary(ElementwiseFunction.Reciprocal, t[0]);
        Tensor whole = t[0].DType == DType.Bool ? PrimitiveOps.Convert(t[0], DType.Int8) : t[0];
        Tensor isUnit = PrimitiveOps.Binary(ElementwiseFunction.Equal, PrimitiveOps.Unary(ElementwiseFunction.Abs, whole), PrimitiveOps.ScalarLike(whole, 1));
        return PrimitiveOps.Where(isUnit, whole, PrimitiveOps.ScalarLike(whole, 0));
    });

    /// <summary>The square; that of booleans is int32.</summary>
    public static Tensor Square(Tensor x) => OpDispatch.Call("Square", [x], t =>
        PrimitiveOps.Unary(ElementwiseFunction.Square, BooleansAs(DType.Int32, Promotion.Narrow(t[0]))));

    /// <summary>The square root.</summary>
    public static Tensor Sqrt(Tensor x) => Fraction("Sqrt", ElementwiseFunction.Sqrt, x);

    /// <summary>One over the square root, in the type of x: cast integers to floating point first, their values would be cut off.</summary>
    public static Tensor Rsqrt(Tensor x) => FractionOfType("Rsqrt", ElementwiseFunction.Rsqrt, x);

    /// <summary>The cube root, of negative numbers too.</summary>
    public static Tensor Cbrt(Tensor x) => Fraction("Cbrt", ElementwiseFunction.Cbrt, x);

    /// <summary>The length of the hypotenuse, √(x1² + x2²), without overflow on the way. That of booleans is a boolean.</summary>
    public static Tensor Hypot(Tensor x1, Tensor x2) => OpDispatch.Call("Hypot", [x1, x2], t => AsFractions(t[0], t[1], (a, b) => PrimitiveOps.Binary(ElementwiseFunction.Hypot, a, b)));

    /// <summary>The greatest common divisor of integers, not negative.</summary>
    /// <exception cref="ArgumentException">The operands are no integers.</exception>
    public static Tensor Gcd(Tensor x1, Tensor x2) => OpDispatch.Call("Gcd", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Integers("Gcd", t[0], t[1]);
        return PrimitiveOps.Binary(ElementwiseFunction.Gcd, a, b);
    });

    /// <summary>The least common multiple of integers, not negative; 0 if one of them is.</summary>
    /// <exception cref="ArgumentException">The operands are no integers.</exception>
    public static Tensor Lcm(Tensor x1, Tensor x2) => OpDispatch.Call("Lcm", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Integers("Lcm", t[0], t[1]);
        Tensor divisor = PrimitiveOps.Binary(ElementwiseFunction.Gcd, a, b); // By 0, where both are, division gives 0.
        return PrimitiveOps.Unary(ElementwiseFunction.Abs, PrimitiveOps.Binary(ElementwiseFunction.FloorDivide, a, divisor) * b);
    });

    private static Tensor Quotient(string name, Tensor x1, Tensor x2) => OpDispatch.Call(name, [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.UnifyWithFloat(t[0], t[1]);
        return PrimitiveOps.Divide(a, b);
    });

    private static Tensor Integral(ElementwiseFunction function, (Tensor A, Tensor B) operands, DType ofBooleans) =>
        PrimitiveOps.Binary(function, BooleansAs(ofBooleans, operands.A), BooleansAs(ofBooleans, operands.B));

    private static Tensor BooleansAs(DType type, Tensor x) => x.DType == DType.Bool ? PrimitiveOps.Convert(x, type) : x;

    /// <summary>Applies a function to fractions; the result for two booleans is a boolean again.</summary>
    private static Tensor AsFractions(Tensor x1, Tensor x2, Func<Tensor, Tensor, Tensor> function)
    {
        (Tensor a, Tensor b) = Promotion.UnifyStrong(x1, x2);
        Tensor result = function(Promotion.ToFloating(a), Promotion.ToFloating(b));
        return a.DType == DType.Bool ? PrimitiveOps.Convert(result, DType.Bool) : result;
    }

    private static (Tensor A, Tensor B) Integers(string name, Tensor x1, Tensor x2)
    {
        (Tensor a, Tensor b) = Promotion.UnifyStrong(x1, x2);
        return a.DType.IsInteger ? (a, b) : throw new ArgumentException($"{name} takes integers; received {x1.DType} and {x2.DType}.");
    }
}
