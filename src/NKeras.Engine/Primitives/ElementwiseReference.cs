using static NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Primitives;

/// <summary>The element-wise functions on single numbers: the plain meaning that every fast kernel is compared with.</summary>
/// <remarks>Floating-point types compute in double and round once; integers wrap around.</remarks>
internal static class ElementwiseReference
{
    public static void Run(ElementwiseFunction function, ReadOnlySpan<ElementView> inputs, ElementView output)
    {
        Shape shape = output.Shape;
        int rank = shape.Rank;
        Span<int> strides = stackalloc int[inputs.Length * rank];
        for (int i = 0; i < inputs.Length; i++) Broadcasting.Strides(inputs[i].Shape, shape, strides.Slice(i * rank, rank));
        // The type that decides the arithmetic: Select's and comparisons' operands, not their bool side.
        ElementView operand = inputs[function == Select ? 1 : 0];
        Span<int> at = stackalloc int[3];
        Span<int> index = stackalloc int[rank];
        index.Clear();
        for (int i = 0; i < output.Size; i++)
        {
            for (int k = 0; k < inputs.Length; k++)
            {
                at[k] = 0;
                for (int d = 0; d < rank; d++) at[k] += index[d] * strides[(k * rank) + d];
            }

            if (function == Select) output.Copy(i, inputs[0].Long(at[0]) != 0 ? inputs[1] : inputs[2], inputs[0].Long(at[0]) != 0 ? at[1] : at[2]);
            else if (operand.IsFloating)
            {
                double result = OfDoubles(
                    function,
                    inputs[0].Double(at[0]),
                    inputs.Length > 1 ? inputs[1].Double(at[1]) : 0,
                    inputs.Length > 2 ? inputs[2].Double(at[2]) : 0);
                output.SetNumber(i, result);
            }
            else
            {
                long result = OfLongs(
                    function,
                    operand.DType,
                    inputs[0].Long(at[0]),
                    inputs.Length > 1 ? inputs[1].Long(at[1]) : 0,
                    inputs.Length > 2 ? inputs[2].Long(at[2]) : 0);
                output.SetLong(i, operand.DType == DType.Bool && result != 0 ? 1 : result);
            }

            IndexMath.Increment(index, shape);
        }
    }

    internal static double OfDoubles(ElementwiseFunction function, double a, double b, double c) => function switch
    {
        Negate => -a,
        Abs => Math.Abs(a),
        Sign => double.IsNaN(a) ? a : Math.Sign(a),
        Floor => Math.Floor(a),
        Ceiling => Math.Ceiling(a),
        Round => Math.Round(a, MidpointRounding.ToEven),
        Truncate => Math.Truncate(a),
        Square => a * a,
        Sqrt => Math.Sqrt(a),
        Rsqrt => 1 / Math.Sqrt(a),
        Reciprocal => 1 / a,
        Exp => Math.Exp(a),
        Exp2 => Math.Pow(2, a),
        Expm1 => ScalarMath.Expm1(a),
        Log => Math.Log(a),
        Log2 => Math.Log2(a),
        Log10 => Math.Log10(a),
        Log1p => ScalarMath.Log1p(a),
        Sin => Math.Sin(a),
        Cos => Math.Cos(a),
        Tan => Math.Tan(a),
        Asin => Math.Asin(a),
        Acos => Math.Acos(a),
        Atan => Math.Atan(a),
        Sinh => Math.Sinh(a),
        Cosh => Math.Cosh(a),
        Tanh => Math.Tanh(a),
        Asinh => Math.Asinh(a),
        Acosh => Math.Acosh(a),
        Atanh => Math.Atanh(a),
        Sigmoid => a >= 0 ? 1 / (1 + Math.Exp(-a)) : Math.Exp(a) / (1 + Math.Exp(a)),
        Softplus => Math.Max(a, 0) + ScalarMath.Log1p(Math.Exp(-Math.Abs(a))),
        Erf => ScalarMath.Erf(a),
        Erfc => ScalarMath.Erfc(a),
        Erfinv => ScalarMath.Erfinv(a),
        Lgamma => ScalarMath.Lgamma(a),
        Digamma => ScalarMath.Digamma(a),
        BesselI0 => ScalarMath.BesselI0(a),
        BesselI1 => ScalarMath.BesselI1(a),
        Cbrt => Math.Cbrt(a),
        Relu => double.IsNaN(a) ? a : Math.Max(a, 0.0),
        LogicalNot => a == 0 ? 1 : 0,
        IsNan => double.IsNaN(a) ? 1 : 0,
        IsInf => double.IsInfinity(a) ? 1 : 0,
        IsFinite => double.IsFinite(a) ? 1 : 0,
        Add => a + b,
        Subtract => a - b,
        Multiply => a * b,
        Divide => a / b,
        FloorDivide => ScalarMath.FloorDivide(a, b),
        Remainder => ScalarMath.FloorRemainder(a, b),
        Fmod => a % b,
        Maximum => Math.Max(a, b),
        Minimum => Math.Min(a, b),
        Power => ScalarMath.Power(a, b),
        Atan2 => Math.Atan2(a, b),
        Hypot => double.Hypot(a, b),
        Gammainc => ScalarMath.Gammainc(a, b),
        GammaincSlope => ScalarMath.GammaincSlope(a, b),
        Polygamma => ScalarMath.Polygamma(a, b),
        Equal => a == b ? 1 : 0,
        NotEqual => a != b ? 1 : 0,
        Less => a < b ? 1 : 0,
        LessEqual => a <= b ? 1 : 0,
        Greater => a > b ? 1 : 0,
        GreaterEqual => a >= b ? 1 : 0,
        LogicalAnd => a != 0 && b != 0 ? 1 : 0,
        LogicalOr => a != 0 || b != 0 ? 1 : 0,
        LogicalXor => (a != 0) != (b != 0) ? 1 : 0,
        MultiplyAdd => Math.FusedMultiplyAdd(a, b, c),
        Clip => double.IsNaN(a) ? a : Math.Min(Math.Max(a, b), c),
        _ => throw Unsupported(function, "floating-point"),
    };

    internal static long OfLongs(ElementwiseFunction function, DType type, long a, long b, long c)
    {
        // Only 64-bit unsigned numbers do not fit a long; for them order and division are those of the bits.
        bool wide = type == DType.UInt64;
        // Distances past the width, negative ones included, shift everything out.
        bool outside = (ulong)b >= (ulong)type.Size * 8;
        return function switch
        {
            Negate => -a,
            Abs => type.Kind == DTypeKind.Signed ? (a < 0 ? -a : a) : a,
            Sign => wide ? (a != 0 ? 1 : 0) : Math.Sign(a),
            Floor or Ceiling or Round or Truncate => a,
            Square => a * a,
            Relu => type.Kind == DTypeKind.Signed ? Math.Max(a, 0) : a,
            LogicalNot => a == 0 ? 1 : 0,
            BitwiseNot => type == DType.Bool ? 1 - a : ~a,
            IsNan or IsInf => 0,
            IsFinite => 1,
            Add => type == DType.Bool ? a | b : a + b,
            Subtract => a - b,
            Multiply => a * b,
            FloorDivide => b == 0 ? 0 : wide ? (long)((ulong)a / (ulong)b) : ScalarMath.FloorDivide(a, b),
            Remainder => b == 0 ? 0 : wide ? (long)((ulong)a % (ulong)b) : a - (ScalarMath.FloorDivide(a, b) * b),
            Fmod => b == 0 ? 0 : wide ? (long)((ulong)a % (ulong)b) : b == -1 ? 0 : a % b, // long.MinValue % -1 overflows in hardware.
            Maximum => Less(a, b) ? b : a,
            Minimum => Less(a, b) ? a : b,
            Power => wide ? ScalarMath.Power(a, (ulong)b) : ScalarMath.Power(a, b),
            Equal => a == b ? 1 : 0,
            NotEqual => a != b ? 1 : 0,
            ElementwiseFunction.Less => Less(a, b) ? 1 : 0,
            LessEqual => Less(b, a) ? 0 : 1,
            Greater => Less(b, a) ? 1 : 0,
            GreaterEqual => Less(a, b) ? 0 : 1,
            LogicalAnd => a != 0 && b != 0 ? 1 : 0,
            LogicalOr => a != 0 || b != 0 ? 1 : 0,
            LogicalXor => (a != 0) != (b != 0) ? 1 : 0,
            BitwiseAnd => a & b,
            BitwiseOr => a | b,
            BitwiseXor => a ^ b,
            LeftShift => outside ? 0 : a << (int)b,
            RightShift => outside ? (a < 0 && !wide ? -1 : 0) : wide ? (long)((ulong)a >> (int)b) : a >> (int)b,
            Gcd => (long)ScalarMath.Gcd(Magnitude(a), Magnitude(b)),
            MultiplyAdd => (a * b) + c,
            Clip => Less(c, Less(a, b) ? b : a) ? c : Less(a, b) ? b : a,
            _ => throw Unsupported(function, type.Name),
        };

        ulong Magnitude(long x) => wide || x >= 0 ? (ulong)x : (ulong)-x;

        bool Less(long x, long y) => wide ? (ulong)x < (ulong)y : x < y;
    }

    private static ArgumentException Unsupported(ElementwiseFunction function, string type) =>
        new($"{function} is not defined for {type} operands.");
}
