using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The sum, element by element, with broadcasting.</summary>
    public static Tensor Add(Tensor x1, Tensor x2) => Binary("Add", ElementwiseFunction.Add, x1, x2);

    /// <summary>The difference.</summary>
    public static Tensor Subtract(Tensor x1, Tensor x2) => Binary("Subtract", ElementwiseFunction.Subtract, x1, x2);

    /// <summary>The product.</summary>
    public static Tensor Multiply(Tensor x1, Tensor x2) => Binary("Multiply", ElementwiseFunction.Multiply, x1, x2);

    /// <summary>The quotient, as a floating-point number.</summary>
    public static Tensor Divide(Tensor x1, Tensor x2) => Quotient("Divide", x1, x2);

    /// <summary>Another name of <see cref="Divide"/>, and what the operator <c>/</c> does.</summary>
    public static Tensor TrueDivide(Tensor x1, Tensor x2) => Quotient("TrueDivide", x1, x2);

    /// <summary>The greatest whole number not above the quotient.</summary>
    public static Tensor FloorDivide(Tensor x1, Tensor x2) => Binary("FloorDivide", ElementwiseFunction.FloorDivide, x1, x2);

    /// <summary>What <see cref="FloorDivide"/> leaves, with the sign of the divisor; also the operator <c>%</c>.</summary>
    public static Tensor Mod(Tensor x1, Tensor x2) => Binary("Mod", ElementwiseFunction.Remainder, x1, x2);

    /// <summary>The quotient, 0 where the divisor is 0 (also for the gradient).</summary>
    public static Tensor DivideNoNan(Tensor x1, Tensor x2) => OpDispatch.Call("DivideNoNan", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        a = Promotion.ToFloating(a);
        b = Promotion.ToFloating(b);
        Tensor isZero = PrimitiveOps.Binary(ElementwiseFunction.Equal, b, PrimitiveOps.ScalarLike(b, 0));
        return PrimitiveOps.Where(isZero, PrimitiveOps.ScalarLike(a, 0), PrimitiveOps.Divide(a, PrimitiveOps.Where(isZero, PrimitiveOps.ScalarLike(b, 1), b)));
    });

    /// <summary>The first operand to the power of the second.</summary>
    public static Tensor Power(Tensor x1, Tensor x2) => Binary("Power", ElementwiseFunction.Power, x1, x2);

    /// <summary>The greater of the two; NaN if one is.</summary>
    public static Tensor Maximum(Tensor x1, Tensor x2) => Binary("Maximum", ElementwiseFunction.Maximum, x1, x2);

    /// <summary>The lesser of the two; NaN if one is.</summary>
    public static Tensor Minimum(Tensor x1, Tensor x2) => Binary("Minimum", ElementwiseFunction.Minimum, x1, x2);

    /// <summary>Whether the operands are equal.</summary>
    public static Tensor Equal(Tensor x1, Tensor x2) => Binary("Equal", ElementwiseFunction.Equal, x1, x2);

    /// <summary>Whether the operands differ.</summary>
    public static Tensor NotEqual(Tensor x1, Tensor x2) => Binary("NotEqual", ElementwiseFunction.NotEqual, x1, x2);

    /// <summary>Whether the first is greater.</summary>
    public static Tensor Greater(Tensor x1, Tensor x2) => Binary("Greater", ElementwiseFunction.Greater, x1, x2);

    /// <summary>Whether the first is greater or equal.</summary>
    public static Tensor GreaterEqual(Tensor x1, Tensor x2) => Binary("GreaterEqual", ElementwiseFunction.GreaterEqual, x1, x2);

    /// <summary>Whether the first is less.</summary>
    public static Tensor Less(Tensor x1, Tensor x2) => Binary("Less", ElementwiseFunction.Less, x1, x2);

    /// <summary>Whether the first is less or equal.</summary>
    public static Tensor LessEqual(Tensor x1, Tensor x2) => Binary("LessEqual", ElementwiseFunction.LessEqual, x1, x2);

    /// <summary>Whether both operands are true (not zero).</summary>
    public static Tensor LogicalAnd(Tensor x1, Tensor x2) => Logical("LogicalAnd", ElementwiseFunction.LogicalAnd, x1, x2);

    /// <summary>Whether one operand is true (not zero), or both are.</summary>
    public static Tensor LogicalOr(Tensor x1, Tensor x2) => Logical("LogicalOr", ElementwiseFunction.LogicalOr, x1, x2);

    /// <summary>Whether exactly one operand is true (not zero).</summary>
    public static Tensor LogicalXor(Tensor x1, Tensor x2) => Logical("LogicalXor", ElementwiseFunction.LogicalXor, x1, x2);

    /// <summary>Whether the operand is false (zero).</summary>
    public static Tensor LogicalNot(Tensor x) => OpDispatch.Call("LogicalNot", [x], t =>
        PrimitiveOps.Unary(ElementwiseFunction.LogicalNot, PrimitiveOps.Convert(t[0], DType.Bool)));

    /// <summary>The negative.</summary>
    public static Tensor Negative(Tensor x) => OpDispatch.Call("Negative", [x], t => PrimitiveOps.Unary(ElementwiseFunction.Negate, t[0]));

    /// <summary>The absolute value.</summary>
    public static Tensor Abs(Tensor x) => Absolute(x);

    /// <summary>The absolute value.</summary>
    public static Tensor Absolute(Tensor x) => OpDispatch.Call("Absolute", [x], t => PrimitiveOps.Unary(ElementwiseFunction.Abs, t[0]));

    /// <summary>The square.</summary>
    public static Tensor Square(Tensor x) => Unary(ElementwiseFunction.Square, x);

    /// <summary>The square root.</summary>
    public static Tensor Sqrt(Tensor x) => Unary(ElementwiseFunction.Sqrt, x, floating: true);

    /// <summary>One over the square root.</summary>
    public static Tensor Rsqrt(Tensor x) => Unary(ElementwiseFunction.Rsqrt, x, floating: true);

    /// <summary>The exponential.</summary>
    public static Tensor Exp(Tensor x) => Unary(ElementwiseFunction.Exp, x, floating: true);

    /// <summary>The natural logarithm.</summary>
    public static Tensor Log(Tensor x) => Unary(ElementwiseFunction.Log, x, floating: true);

    /// <summary>ln(1 + x), accurate near zero.</summary>
    public static Tensor Log1p(Tensor x) => Unary(ElementwiseFunction.Log1p, x, floating: true);

    /// <summary>Each element brought between two bounds.</summary>
    // Keras: bounds are settings of the step, so that symbolic ones cannot be computed, nor saved. Here they can be computed.
    public static Tensor Clip(Tensor x, Tensor xMin, Tensor xMax) => xMin is ConcreteTensor && xMax is ConcreteTensor
        ? OpDispatch.Call("Clip", [x], t => Clipped(t[0], xMin, xMax), ("x_min", xMin), ("x_max", xMax))
        : OpDispatch.Call("Clip", [x, xMin, xMax], t => Clipped(t[0], t[1], t[2]), ("x_min", xMin), ("x_max", xMax));

    /// <summary>Elements of the second operand where the condition holds, of the third elsewhere.</summary>
    public static Tensor Where(Tensor condition, Tensor x1, Tensor x2) => OpDispatch.Call("Where", [condition, x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[1], t[2]);
        return PrimitiveOps.Where(PrimitiveOps.Convert(t[0], DType.Bool), a, b);
    });

    /// <summary>Converts the elements to another type.</summary>
    public static Tensor Cast(Tensor x, DType dtype) => OpDispatch.Call("Cast", [x], t =>
        dtype.IsComplex ? ComplexTensor.As(t[0], dtype) : PrimitiveOps.Convert(ComplexRules.Real(t[0]), dtype), ("dtype", dtype));

    private static Tensor Quotient(string name, Tensor x1, Tensor x2) => OpDispatch.Call(name, [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        return PrimitiveOps.Divide(Promotion.ToFloating(a), Promotion.ToFloating(b));
    });

    private static Tensor Logical(string name, ElementwiseFunction function, Tensor x1, Tensor x2) => OpDispatch.Call(name, [x1, x2], t =>
        PrimitiveOps.Binary(function, PrimitiveOps.Convert(t[0], DType.Bool), PrimitiveOps.Convert(t[1], DType.Bool)));

    private static Tensor Clipped(Tensor x, Tensor least, Tensor most) =>
        new Elementwise(ElementwiseFunction.Clip).Apply(x, Promotion.As(least, x.DType), Promotion.As(most, x.DType));
}
