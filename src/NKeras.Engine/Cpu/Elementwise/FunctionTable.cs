using NKeras.Engine.Primitives;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Cpu;

/// <summary>Which type stands for which function.</summary>
internal static class FunctionTable
{
    /// <summary>Hands a visitor the type that stands for a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="onBooleans">Whether the last operand is a boolean.</param>
    /// <param name="visitor">What is done with the type.</param>
    public static TResult Visit<TVisitor, TResult>(ElementwiseFunction function, bool onBooleans, TVisitor visitor)
        where TVisitor : IFunctionVisitor<TResult> => function.Arity() switch
        {
            1 => VisitUnary<TVisitor, TResult>(function, visitor),
            2 => VisitBinary<TVisitor, TResult>(function, onBooleans, visitor),
            _ => VisitTernary<TVisitor, TResult>(function, visitor),
        };

    /// <summary>Hands a visitor the type that stands for a conversion.</summary>
    public static TResult VisitConversion<TVisitor, TResult>(bool fromBoolean, ElementwiseType target, TVisitor visitor)
        where TVisitor : IFunctionVisitor<TResult> => (fromBoolean, target == ElementwiseType.Bool) switch
        {
            (true, false) => visitor.Unary<UnaryFunctions.ToFloat>(),
            (false, true) => visitor.Unary<UnaryFunctions.ToBool>(),
            _ => visitor.Unary<UnaryFunctions.Copy>(),
        };

    private static TResult VisitUnary<TVisitor, TResult>(ElementwiseFunction function, TVisitor visitor)
        where TVisitor : IFunctionVisitor<TResult> => function switch
        {
            F.Negate => visitor.Unary<UnaryFunctions.Negate>(),
            F.Abs => visitor.Unary<UnaryFunctions.Abs>(),
            F.Sign => visitor.Unary<UnaryFunctions.Sign>(),
            F.Floor => visitor.Unary<UnaryFunctions.Floor>(),
            F.Ceiling => visitor.Unary<UnaryFunctions.Ceiling>(),
            F.Round => visitor.Unary<UnaryFunctions.Round>(),
            F.Truncate => visitor.Unary<UnaryFunctions.Truncate>(),
            F.Square => visitor.Unary<UnaryFunctions.Square>(),
            F.Sqrt => visitor.Unary<UnaryFunctions.Sqrt>(),
            F.Rsqrt => visitor.Unary<UnaryFunctions.Rsqrt>(),
            F.Reciprocal => visitor.Unary<UnaryFunctions.Reciprocal>(),
            F.Exp => visitor.Unary<VectorMath.Exp>(),
            F.Exp2 => visitor.Unary<VectorMath.Exp2>(),
            F.Expm1 => visitor.Unary<VectorMath.Expm1>(),
            F.Log => visitor.Unary<VectorMath.Log>(),
            F.Log2 => visitor.Unary<VectorMath.Log2>(),
            F.Log10 => visitor.Unary<VectorMath.Log10>(),
            F.Log1p => visitor.Unary<VectorMath.Log1p>(),
            F.Sin => visitor.Unary<VectorMath.Sin>(),
            F.Cos => visitor.Unary<VectorMath.Cos>(),
            F.Tan => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.Tan>>(),
            F.Asin => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.Asin>>(),
            F.Acos => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.Acos>>(),
            F.Atan => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.Atan>>(),
            F.Sinh => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.Sinh>>(),
            F.Cosh => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.Cosh>>(),
            F.Tanh => visitor.Unary<VectorMath.Tanh>(),
            F.Asinh => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.Asinh>>(),
            F.Acosh => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.Acosh>>(),
            F.Atanh => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.Atanh>>(),
            F.Sigmoid => visitor.Unary<VectorMath.Sigmoid>(),
            F.Softplus => visitor.Unary<VectorMath.Softplus>(),
            F.Erf => visitor.Unary<VectorMath.Erf>(),
            F.Erfc => visitor.Unary<VectorMath.Erfc>(),
            F.Erfinv => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.Erfinv>>(),
            F.Lgamma => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.Lgamma>>(),
            F.Digamma => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.Digamma>>(),
            F.BesselI0 => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.BesselI0>>(),
            F.BesselI1 => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.BesselI1>>(),
            F.Cbrt => visitor.Unary<ScalarFunctions.Of<ScalarFunctions.Cbrt>>(),
            F.Relu => visitor.Unary<UnaryFunctions.Relu>(),
            F.LogicalNot or F.BitwiseNot => visitor.Unary<UnaryFunctions.Not>(),
            F.IsNan => visitor.Unary<UnaryFunctions.IsNan>(),
            F.IsInf => visitor.Unary<UnaryFunctions.IsInf>(),
            F.IsFinite => visitor.Unary<UnaryFunctions.IsFinite>(),
            _ => throw Unknown(function),
        };

    private static TResult VisitBinary<TVisitor, TResult>(ElementwiseFunction function, bool onBooleans, TVisitor visitor)
        where TVisitor : IFunctionVisitor<TResult> => function switch
        {
            F.Equal when onBooleans => visitor.Binary<BinaryFunctions.SameBits>(),
            F.NotEqual when onBooleans => visitor.Binary<BinaryFunctions.Xor>(),
            F.Add => visitor.Binary<BinaryFunctions.Add>(),
            F.Subtract => visitor.Binary<BinaryFunctions.Subtract>(),
            F.Multiply => visitor.Binary<BinaryFunctions.Multiply>(),
            F.Divide => visitor.Binary<BinaryFunctions.Divide>(),
            F.FloorDivide => visitor.Binary<ScalarFunctions.OfTwo<ScalarFunctions.FloorDivide>>(),
            F.Remainder => visitor.Binary<ScalarFunctions.OfTwo<ScalarFunctions.Remainder>>(),
            F.Fmod => visitor.Binary<ScalarFunctions.OfTwo<ScalarFunctions.Fmod>>(),
            F.Maximum => visitor.Binary<BinaryFunctions.Maximum>(),
            F.Minimum => visitor.Binary<BinaryFunctions.Minimum>(),
            F.Power => visitor.Binary<VectorMath.Power>(),
            F.Atan2 => visitor.Binary<ScalarFunctions.OfTwo<ScalarFunctions.Atan2>>(),
            F.Hypot => visitor.Binary<ScalarFunctions.OfTwo<ScalarFunctions.Hypot>>(),
            F.Gammainc => visitor.Binary<ScalarFunctions.OfTwo<ScalarFunctions.Gammainc>>(),
            F.GammaincSlope => visitor.Binary<ScalarFunctions.OfTwo<ScalarFunctions.GammaincSlope>>(),
            F.Polygamma => visitor.Binary<ScalarFunctions.OfTwo<ScalarFunctions.Polygamma>>(),
            F.Equal => visitor.Binary<BinaryFunctions.Equal>(),
            F.NotEqual => visitor.Binary<BinaryFunctions.NotEqual>(),
            F.Less => visitor.Binary<BinaryFunctions.Less>(),
            F.LessEqual => visitor.Binary<BinaryFunctions.LessEqual>(),
            F.Greater => visitor.Binary<BinaryFunctions.Greater>(),
            F.GreaterEqual => visitor.Binary<BinaryFunctions.GreaterEqual>(),
            F.LogicalAnd or F.BitwiseAnd => visitor.Binary<BinaryFunctions.And>(),
            F.LogicalOr or F.BitwiseOr => visitor.Binary<BinaryFunctions.Or>(),
            F.LogicalXor or F.BitwiseXor => visitor.Binary<BinaryFunctions.Xor>(),
            _ => throw Unknown(function),
        };

    private static TResult VisitTernary<TVisitor, TResult>(ElementwiseFunction function, TVisitor visitor)
        where TVisitor : IFunctionVisitor<TResult> => function switch
        {
            F.Select => visitor.Ternary<TernaryFunctions.Select>(),
            F.MultiplyAdd => visitor.Ternary<TernaryFunctions.MultiplyAdd>(),
            F.Clip => visitor.Ternary<TernaryFunctions.Clip>(),
            _ => throw Unknown(function),
        };

    private static NotSupportedException Unknown(ElementwiseFunction function) =>
        new($"Element-wise function {function} has no float32 version.");
}
