using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Whether the operands are equal.</summary>
    public static Tensor Equal(Tensor x1, Tensor x2) => Compare("Equal", ElementwiseFunction.Equal, x1, x2);

    /// <summary>Whether the operands differ.</summary>
    public static Tensor NotEqual(Tensor x1, Tensor x2) => Compare("NotEqual", ElementwiseFunction.NotEqual, x1, x2);

    /// <summary>Whether the first is greater.</summary>
    public static Tensor Greater(Tensor x1, Tensor x2) => Compare("Greater", ElementwiseFunction.Greater, x1, x2);

    /// <summary>Whether the first is greater or equal.</summary>
    public static Tensor GreaterEqual(Tensor x1, Tensor x2) => Compare("GreaterEqual", ElementwiseFunction.GreaterEqual, x1, x2);

    /// <summary>Whether the first is less.</summary>
    public static Tensor Less(Tensor x1, Tensor x2) => Compare("Less", ElementwiseFunction.Less, x1, x2);

    /// <summary>Whether the first is less or equal.</summary>
    public static Tensor LessEqual(Tensor x1, Tensor x2) => Compare("LessEqual", ElementwiseFunction.LessEqual, x1, x2);

    /// <summary>Whether both operands are true (not zero).</summary>
    public static Tensor LogicalAnd(Tensor x1, Tensor x2) => Logical("LogicalAnd", ElementwiseFunction.LogicalAnd, x1, x2);

    /// <summary>Whether one operand is true (not zero), or both are.</summary>
    public static Tensor LogicalOr(Tensor x1, Tensor x2) => Logical("LogicalOr", ElementwiseFunction.LogicalOr, x1, x2);

    /// <summary>Whether exactly one operand is true (not zero).</summary>
    public static Tensor LogicalXor(Tensor x1, Tensor x2) => Logical("LogicalXor", ElementwiseFunction.LogicalXor, x1, x2);

    /// <summary>Whether the operand is false (zero).</summary>
    public static Tensor LogicalNot(Tensor x) => OpDispatch.Call("LogicalNot", [x], t =>
        PrimitiveOps.Unary(ElementwiseFunction.LogicalNot, PrimitiveOps.Convert(t[0], DType.Bool)));

    /// <summary>The greater of the two; NaN if one is.</summary>
    public static Tensor Maximum(Tensor x1, Tensor x2) => Binary("Maximum", ElementwiseFunction.Maximum, x1, x2);

    /// <summary>The lesser of the two; NaN if one is.</summary>
    public static Tensor Minimum(Tensor x1, Tensor x2) => Binary("Minimum", ElementwiseFunction.Minimum, x1, x2);

    /// <summary>The greater of the two; the other one where one is NaN. Of two equal ones the first gets the gradient.</summary>
    public static Tensor Fmax(Tensor x1, Tensor x2) => OpDispatch.Call("Fmax", [x1, x2], t => Preferred(ElementwiseFunction.GreaterEqual, t[0], t[1]));

    /// <summary>The lesser of the two; the other one where one is NaN. Of two equal ones the first gets the gradient.</summary>
    public static Tensor Fmin(Tensor x1, Tensor x2) => OpDispatch.Call("Fmin", [x1, x2], t => Preferred(ElementwiseFunction.LessEqual, t[0], t[1]));

    /// <summary>Whether two numbers are equal up to a tolerance: |x1 - x2| ≤ atol + rtol · |x2|. Infinities are equal to themselves only.</summary>
    /// <param name="x1">The one.</param>
    /// <param name="x2">The other, which the relative tolerance refers to.</param>
    /// <param name="rtol">The relative tolerance.</param>
    /// <param name="atol">The absolute tolerance.</param>
    /// <param name="equalNan">Whether NaN is equal to NaN.</param>
    public static Tensor Isclose(Tensor x1, Tensor x2, double rtol = 1e-5, double atol = 1e-8, bool equalNan = false) =>
        OpDispatch.CallWith("Isclose", new CallArguments([x1, x2, rtol, atol]), c => AreClose((Tensor)c.Positional[0]!, (Tensor)c.Positional[1]!, rtol, atol, equalNan), ("equal_nan", equalNan));

    /// <summary>Whether all pairs are equal up to a tolerance, as <see cref="Isclose"/> has it: one boolean.</summary>
    /// <param name="x1">The one.</param>
    /// <param name="x2">The other, which the relative tolerance refers to.</param>
    /// <param name="rtol">The relative tolerance.</param>
    /// <param name="atol">The absolute tolerance.</param>
    /// <param name="equalNan">Whether NaN is equal to NaN.</param>
    public static Tensor Allclose(Tensor x1, Tensor x2, double rtol = 1e-5, double atol = 1e-8, bool equalNan = false) =>
        OpDispatch.Call("AllClose", [x1, x2], t => All(AreClose(t[0], t[1], rtol, atol, equalNan)), ("rtol", rtol), ("atol", atol), ("equal_nan", equalNan));

    /// <summary>Compares in a type that holds both exactly, since the width of the operands does not show in the result.</summary>
    private static Tensor Compare(string name, ElementwiseFunction function, Tensor x1, Tensor x2) => OpDispatch.Call(name, [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Comparable(t[0], t[1]);
        return PrimitiveOps.Binary(function, a, b);
    });

    private static (Tensor A, Tensor B) Comparable(Tensor x1, Tensor x2)
    {
        using WideScope wide = WideScope.Wanted();
        (Tensor a, Tensor b) = Promotion.Unify(x1, x2);
        if (a.DType.IsFloating || (Holds(a.DType, x1) && Holds(a.DType, x2))) return (a, b);
        DType type = a.DType == DType.UInt64 ? DType.Float64 : DType.Int64;
        return (Promotion.As(x1, type), Promotion.As(x2, type));

        static bool Holds(DType type, Tensor x) => x is not ConcreteTensor { LiteralValue: { } value } || type == DType.Bool || (value >= NumberRange.Least(type) && value <= NumberRange.Most(type));
    }

    private static Tensor Logical(string name, ElementwiseFunction function, Tensor x1, Tensor x2) => OpDispatch.Call(name, [x1, x2], t =>
        PrimitiveOps.Binary(function, PrimitiveOps.Convert(t[0], DType.Bool), PrimitiveOps.Convert(t[1], DType.Bool)));

    /// <summary>The first where it compares so or the second is NaN, else the second.</summary>
    private static Tensor Preferred(ElementwiseFunction comparison, Tensor x1, Tensor x2)
    {
        (Tensor a, Tensor b) = Promotion.Unify(x1, x2);
        Tensor isFirst = PrimitiveOps.Binary(comparison, a, b);
        if (b.DType.IsFloating) isFirst = PrimitiveOps.Binary(ElementwiseFunction.LogicalOr, isFirst, PrimitiveOps.Unary(ElementwiseFunction.IsNan, b));
        return PrimitiveOps.Where(isFirst, a, b);
    }

    private static Tensor AreClose(Tensor x1, Tensor x2, double rtol, double atol, bool equalNan)
    {
        (Tensor a, Tensor b) = Comparable(x1, x2);
        if (!a.DType.IsFloating) (a, b) = (PrimitiveOps.Convert(a, DType.Float64), PrimitiveOps.Convert(b, DType.Float64));
        else if (a.DType.Size < DType.Float32.Size) (a, b) = (PrimitiveOps.Convert(a, DType.Float32), PrimitiveOps.Convert(b, DType.Float32));
        Tensor distance = PrimitiveOps.Unary(ElementwiseFunction.Abs, a - b), allowed = (rtol * PrimitiveOps.Unary(ElementwiseFunction.Abs, b)) + atol;
        // An infinite tolerance allows nothing.
        Tensor near = PrimitiveOps.Binary(
            ElementwiseFunction.LogicalAnd, PrimitiveOps.Binary(ElementwiseFunction.LessEqual, distance, allowed), PrimitiveOps.Unary(ElementwiseFunction.IsFinite, b));
        Tensor result = PrimitiveOps.Binary(ElementwiseFunction.LogicalOr, near, PrimitiveOps.Binary(ElementwiseFunction.Equal, a, b));
        return equalNan
            ? PrimitiveOps.Binary(
                ElementwiseFunction.LogicalOr,
                result,
                PrimitiveOps.Binary(ElementwiseFunction.LogicalAnd, PrimitiveOps.Unary(ElementwiseFunction.IsNan, a), PrimitiveOps.Unary(ElementwiseFunction.IsNan, b)))
            : result;
    }
}
