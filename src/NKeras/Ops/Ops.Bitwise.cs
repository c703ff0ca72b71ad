using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The bits both operands have.</summary>
    /// <exception cref="ArgumentException">The operands are floating-point numbers.</exception>
    public static Tensor BitwiseAnd(Tensor x, Tensor y) => Bitwise("BitwiseAnd", ElementwiseFunction.BitwiseAnd, x, y);

    /// <summary>The bits either operand has.</summary>
    /// <exception cref="ArgumentException">The operands are floating-point numbers.</exception>
    public static Tensor BitwiseOr(Tensor x, Tensor y) => Bitwise("BitwiseOr", ElementwiseFunction.BitwiseOr, x, y);

    /// <summary>The bits exactly one operand has.</summary>
    /// <exception cref="ArgumentException">The operands are floating-point numbers.</exception>
    public static Tensor BitwiseXor(Tensor x, Tensor y) => Bitwise("BitwiseXor", ElementwiseFunction.BitwiseXor, x, y);

    /// <summary>Every bit inverted; the opposite of booleans.</summary>
    /// <exception cref="ArgumentException">The operand is a floating-point number.</exception>
    public static Tensor BitwiseInvert(Tensor x) => OpDispatch.Call("BitwiseInvert", [x], t => PrimitiveOps.Unary(ElementwiseFunction.BitwiseNot, Promotion.Narrow(WithBits("BitwiseInvert", t[0]))));

    /// <summary>Every bit inverted; the opposite of booleans.</summary>
    /// <exception cref="ArgumentException">The operand is a floating-point number.</exception>
    public static Tensor BitwiseNot(Tensor x) => OpDispatch.Call("BitwiseNot", [x], t => PrimitiveOps.Unary(ElementwiseFunction.BitwiseNot, Promotion.Narrow(WithBits("BitwiseNot", t[0]))));

    /// <summary>The bits shifted to the left by y places; what moves out is lost.</summary>
    /// <exception cref="ArgumentException">The operands are floating-point numbers.</exception>
    public static Tensor BitwiseLeftShift(Tensor x, Tensor y) => Shift("BitwiseLeftShift", ElementwiseFunction.LeftShift, x, y);

    /// <summary>The bits shifted to the left by y places; what moves out is lost.</summary>
    /// <exception cref="ArgumentException">The operands are floating-point numbers.</exception>
    public static Tensor LeftShift(Tensor x, Tensor y) => Shift("LeftShift", ElementwiseFunction.LeftShift, x, y);

    /// <summary>The bits shifted to the right by y places; negative numbers stay negative.</summary>
    /// <exception cref="ArgumentException">The operands are floating-point numbers.</exception>
    public static Tensor BitwiseRightShift(Tensor x, Tensor y) => Shift("BitwiseRightShift", ElementwiseFunction.RightShift, x, y);

    /// <summary>The bits shifted to the right by y places; negative numbers stay negative.</summary>
    /// <exception cref="ArgumentException">The operands are floating-point numbers.</exception>
    public static Tensor RightShift(Tensor x, Tensor y) => Shift("RightShift", ElementwiseFunction.RightShift, x, y);

    private static Tensor Bitwise(string name, ElementwiseFunction function, Tensor x, Tensor y) => OpDispatch.Call(name, [x, y], t =>
    {
        (Tensor a, Tensor b) = Promotion.UnifyStrong(WithBits(name, t[0]), WithBits(name, t[1]));
        return PrimitiveOps.Binary(function, a, b);
    });

    /// <summary>A number of places yields to the type of what is shifted; two booleans give int8.</summary>
    private static Tensor Shift(string name, ElementwiseFunction function, Tensor x, Tensor y) => OpDispatch.Call(name, [x, y], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(Promotion.Strong(WithBits(name, t[0])), WithBits(name, t[1]));
        return Integral(function, (a, b), DType.Int8);
    });

    private static Tensor WithBits(string name, Tensor x) => x.DType.IsFloating ? throw new ArgumentException($"{name} takes integers and booleans; received {x.DType}.") : x;
}
