using NKeras.Engine.Primitives;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Primitives;

/// <summary>The reference of each element-wise function against values known from elsewhere.</summary>
public sealed class ElementwiseMeaningTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    [Theory]
    [InlineData(F.Negate, 1.5, -1.5)]
    [InlineData(F.Negate, 0.0, -0.0)]
    [InlineData(F.Abs, -0.0, 0.0)]
    [InlineData(F.Abs, -Inf, Inf)]
    [InlineData(F.Sign, -3.0, -1.0)]
    [InlineData(F.Sign, NaN, NaN)]
    [InlineData(F.Floor, -1.5, -2.0)]
    [InlineData(F.Ceiling, -1.5, -1.0)]
    [InlineData(F.Ceiling, -0.5, -0.0)]
    [InlineData(F.Round, 0.5, 0.0)]
    [InlineData(F.Round, 1.5, 2.0)]
    [InlineData(F.Round, 2.5, 2.0)]
    [InlineData(F.Round, -2.5, -2.0)]
    [InlineData(F.Truncate, -1.7, -1.0)]
    [InlineData(F.Square, -3.0, 9.0)]
    [InlineData(F.Sqrt, 2.25, 1.5)]
    [InlineData(F.Sqrt, -1.0, NaN)]
    [InlineData(F.Sqrt, -0.0, -0.0)]
    [InlineData(F.Rsqrt, 4.0, 0.5)]
    [InlineData(F.Rsqrt, 0.0, Inf)]
    [InlineData(F.Reciprocal, -0.0, -Inf)]
    [InlineData(F.Reciprocal, 4.0, 0.25)]
    [InlineData(F.Exp, 1.0, 2.718281828459045)]
    [InlineData(F.Exp, -Inf, 0.0)]
    [InlineData(F.Exp2, 10.0, 1024.0)]
    [InlineData(F.Expm1, 1e-10, 1.00000000005e-10)]
    [InlineData(F.Expm1, -0.0, -0.0)]
    [InlineData(F.Expm1, -Inf, -1.0)]
    [InlineData(F.Log, 0.0, -Inf)]
    [InlineData(F.Log, -1.0, NaN)]
    [InlineData(F.Log, 10.0, 2.302585092994046)]
    [InlineData(F.Log2, 8.0, 3.0)]
    [InlineData(F.Log10, 1000.0, 3.0)]
    [InlineData(F.Log1p, 1e-10, 9.9999999995e-11)]
    [InlineData(F.Log1p, -1.0, -Inf)]
    [InlineData(F.Log1p, -0.0, -0.0)]
    [InlineData(F.Log1p, -Inf, NaN)]
    [InlineData(F.Log1p, Inf, Inf)]
    [InlineData(F.Sin, 1.0, 0.8414709848078965)]
    [InlineData(F.Sin, Inf, NaN)]
    [InlineData(F.Cos, 1.0, 0.5403023058681398)]
    [InlineData(F.Tan, 1.0, 1.5574077246549023)]
    [InlineData(F.Asin, 1.0, 1.5707963267948966)]
    [InlineData(F.Asin, 1.1, NaN)]
    [InlineData(F.Acos, -1.0, 3.141592653589793)]
    [InlineData(F.Atan, Inf, 1.5707963267948966)]
    [InlineData(F.Sinh, 1.0, 1.1752011936438014)]
    [InlineData(F.Cosh, 1.0, 1.543080634815244)]
    [InlineData(F.Tanh, 1.0, 0.7615941559557649)]
    [InlineData(F.Tanh, -Inf, -1.0)]
    [InlineData(F.Asinh, 1.0, 0.881373587019543)]
    [InlineData(F.Acosh, 2.0, 1.3169578969248166)]
    [InlineData(F.Acosh, 0.5, NaN)]
    [InlineData(F.Atanh, 0.5, 0.5493061443340548)]
    [InlineData(F.Atanh, 1.0, Inf)]
    [InlineData(F.Sigmoid, 0.0, 0.5)]
    [InlineData(F.Sigmoid, -800.0, 0.0)]
    [InlineData(F.Sigmoid, 2.0, 0.8807970779778823)]
    [InlineData(F.Softplus, 0.0, 0.6931471805599453)]
    [InlineData(F.Softplus, 800.0, 800.0)]
    [InlineData(F.Softplus, -Inf, 0.0)]
    [InlineData(F.Erf, 0.5, 0.5204998778130465)]
    [InlineData(F.Erf, -2.5, -0.999593047982555)]
    [InlineData(F.Erf, -0.0, -0.0)]
    [InlineData(F.Erfc, 0.5, 0.4795001221869535)]
    [InlineData(F.Erfc, 5.0, 1.5374597944280349e-12)]
    [InlineData(F.Erfc, -Inf, 2.0)]
    [InlineData(F.Relu, -1.0, 0.0)]
    [InlineData(F.Relu, -0.0, 0.0)]
    [InlineData(F.Relu, NaN, NaN)]
    [InlineData(F.Relu, 2.5, 2.5)]
    [InlineData(F.IsNan, NaN, 1.0)]
    [InlineData(F.IsNan, Inf, 0.0)]
    [InlineData(F.IsInf, -Inf, 1.0)]
    [InlineData(F.IsInf, NaN, 0.0)]
    [InlineData(F.IsFinite, 1e300, 1.0)]
    [InlineData(F.IsFinite, NaN, 0.0)]
    public void UnaryOfDouble(F function, double x, double expected) => AssertNumber(expected, Apply(function, DType.Float64, x));

    [Theory]
    [InlineData(F.Add, 0.1, 0.2, 0.30000000000000004)]
    [InlineData(F.Add, Inf, -Inf, NaN)]
    [InlineData(F.Subtract, 1.0, 3.0, -2.0)]
    [InlineData(F.Multiply, 0.0, Inf, NaN)]
    [InlineData(F.Multiply, -0.0, 3.0, -0.0)]
    [InlineData(F.Divide, 1.0, -0.0, -Inf)]
    [InlineData(F.Divide, 0.0, 0.0, NaN)]
    [InlineData(F.FloorDivide, 7.0, 2.0, 3.0)]
    [InlineData(F.FloorDivide, -7.0, 2.0, -4.0)]
    [InlineData(F.FloorDivide, 7.0, -2.0, -4.0)]
    [InlineData(F.FloorDivide, 1.0, 0.1, 9.0)]
    [InlineData(F.FloorDivide, -1.0, Inf, -1.0)]
    [InlineData(F.FloorDivide, 1.0, 0.0, Inf)]
    [InlineData(F.FloorDivide, Inf, 1.0, NaN)]
    [InlineData(F.Remainder, 7.0, 3.0, 1.0)]
    [InlineData(F.Remainder, -7.0, 3.0, 2.0)]
    [InlineData(F.Remainder, 7.0, -3.0, -2.0)]
    [InlineData(F.Remainder, -7.0, -3.0, -1.0)]
    [InlineData(F.Remainder, 6.0, -3.0, -0.0)]
    [InlineData(F.Remainder, -6.0, 3.0, 0.0)]
    [InlineData(F.Remainder, -1.0, Inf, Inf)]
    [InlineData(F.Remainder, 1.0, 0.0, NaN)]
    [InlineData(F.Maximum, NaN, 1.0, NaN)]
    [InlineData(F.Maximum, 1.0, NaN, NaN)]
    [InlineData(F.Maximum, -0.0, 0.0, 0.0)]
    [InlineData(F.Minimum, 1.0, NaN, NaN)]
    [InlineData(F.Minimum, 0.0, -0.0, -0.0)]
    [InlineData(F.Power, 2.0, 10.0, 1024.0)]
    [InlineData(F.Power, 0.0, 0.0, 1.0)]
    [InlineData(F.Power, NaN, 0.0, 1.0)]
    [InlineData(F.Power, 1.0, NaN, 1.0)]
    [InlineData(F.Power, -8.0, 1.0 / 3, NaN)]
    [InlineData(F.Power, -2.0, 3.0, -8.0)]
    [InlineData(F.Power, 0.0, -1.0, Inf)]
    [InlineData(F.Power, -0.0, -1.0, -Inf)]
    [InlineData(F.Power, -0.0, -2.0, Inf)]
    [InlineData(F.Power, -1.0, Inf, 1.0)]
    [InlineData(F.Power, 0.5, Inf, 0.0)]
    [InlineData(F.Atan2, 1.0, -1.0, 2.356194490192345)]
    [InlineData(F.Atan2, -0.0, -1.0, -3.141592653589793)]
    [InlineData(F.Atan2, 0.0, 0.0, 0.0)]
    [InlineData(F.Equal, NaN, NaN, 0.0)]
    [InlineData(F.Equal, -0.0, 0.0, 1.0)]
    [InlineData(F.NotEqual, NaN, NaN, 1.0)]
    [InlineData(F.Less, NaN, 1.0, 0.0)]
    [InlineData(F.Less, 1.0, 2.0, 1.0)]
    [InlineData(F.LessEqual, 2.0, 2.0, 1.0)]
    [InlineData(F.LessEqual, NaN, NaN, 0.0)]
    [InlineData(F.Greater, 2.0, 1.0, 1.0)]
    [InlineData(F.GreaterEqual, 1.0, NaN, 0.0)]
    public void BinaryOfDouble(F function, double a, double b, double expected) => AssertNumber(expected, Apply(function, DType.Float64, a, b));

    [Theory]
    [InlineData(2.0, 3.0, 4.0, 10.0)]
    [InlineData(134217729.0, 134217729.0, -18014398777917440.0, 1.0)] // (2^27 + 1)^2 loses its last bit if rounded on the way.
    public void MultiplyAddRoundsOnce(double a, double b, double c, double expected) => AssertNumber(expected, Apply(F.MultiplyAdd, DType.Float64, a, b, c));

    [Theory]
    [InlineData(5.0, 0.0, 1.0, 1.0)]
    [InlineData(-5.0, 0.0, 1.0, 0.0)]
    [InlineData(0.5, 0.0, 1.0, 0.5)]
    [InlineData(NaN, 0.0, 1.0, NaN)]
    [InlineData(0.5, NaN, 1.0, NaN)]
    [InlineData(0.5, 0.0, NaN, NaN)]
    [InlineData(0.5, 2.0, 1.0, 1.0)]
    public void ClipKeepsNaN(double x, double low, double high, double expected) => AssertNumber(expected, Apply(F.Clip, DType.Float64, x, low, high));

    [Theory]
    [InlineData("int8", F.Add, 127, 1, -128)]
    [InlineData("uint8", F.Subtract, 1, 2, 255)]
    [InlineData("int32", F.Multiply, 65536, 65536, 0)]
    [InlineData("int32", F.FloorDivide, -7, 2, -4)]
    [InlineData("int32", F.FloorDivide, 7, 0, 0)]
    [InlineData("int32", F.FloorDivide, int.MinValue, -1, int.MinValue)]
    [InlineData("int64", F.FloorDivide, long.MinValue, -1, long.MinValue)]
    [InlineData("int64", F.Remainder, long.MinValue, -1, 0)]
    [InlineData("int32", F.Remainder, -7, 3, 2)]
    [InlineData("int32", F.Remainder, 7, -3, -2)]
    [InlineData("int32", F.Remainder, 7, 0, 0)]
    [InlineData("uint64", F.FloorDivide, -1, 2, long.MaxValue)]
    [InlineData("uint64", F.Remainder, -1, 10, 5)]
    [InlineData("uint64", F.Less, 1, -1, 1)]
    [InlineData("int64", F.Less, 1, -1, 0)]
    [InlineData("uint64", F.Maximum, 1, -1, -1)]
    [InlineData("int32", F.Fmod, -7, 3, -1)]
    [InlineData("int32", F.Fmod, 7, -3, 1)]
    [InlineData("int32", F.Fmod, 7, 0, 0)]
    [InlineData("int64", F.Fmod, long.MinValue, -1, 0)]
    [InlineData("uint64", F.Fmod, -1, 10, 5)]
    [InlineData("int32", F.Gcd, 12, -18, 6)]
    [InlineData("int32", F.Gcd, 0, -5, 5)]
    [InlineData("uint8", F.Gcd, 0, 0, 0)]
    [InlineData("int8", F.Gcd, -128, -128, -128)]
    [InlineData("uint64", F.Gcd, -1, 5, 5)]
    [InlineData("int32", F.Power, 3, 4, 81)]
    [InlineData("int32", F.Power, 2, 32, 0)]
    [InlineData("int32", F.Power, 2, -1, 0)]
    [InlineData("int32", F.Power, -1, -3, -1)]
    [InlineData("uint64", F.Power, 2, long.MinValue, 0)]
    [InlineData("uint64", F.Power, 1, -1, 1)]
    [InlineData("int32", F.LeftShift, 1, 31, int.MinValue)]
    [InlineData("int32", F.LeftShift, 1, 32, 0)]
    [InlineData("int32", F.LeftShift, 1, -1, 0)]
    [InlineData("int32", F.RightShift, -8, 1, -4)]
    [InlineData("int32", F.RightShift, -8, 40, -1)]
    [InlineData("int32", F.RightShift, -8, -1, -1)]
    [InlineData("uint8", F.RightShift, 0xF0, 4, 0x0F)]
    [InlineData("uint64", F.RightShift, -1, 63, 1)]
    [InlineData("uint64", F.LeftShift, 1, long.MinValue, 0)]
    [InlineData("int8", F.BitwiseAnd, -1, 0x0F, 0x0F)]
    [InlineData("uint8", F.BitwiseOr, 0xF0, 0x0F, 0xFF)]
    [InlineData("uint8", F.BitwiseXor, 0xFF, 0x0F, 0xF0)]
    [InlineData("bool", F.Add, 1, 1, 1)]
    [InlineData("bool", F.Multiply, 1, 0, 0)]
    [InlineData("bool", F.LogicalAnd, 1, 0, 0)]
    [InlineData("bool", F.LogicalOr, 1, 0, 1)]
    [InlineData("bool", F.LogicalXor, 1, 1, 0)]
    public void BinaryOfInteger(string type, F function, long a, long b, long expected) => Assert.Equal(expected, ApplyToIntegers(function, type, a, b));

    [Theory]
    [InlineData("int8", F.Negate, -128, -128)]
    [InlineData("int8", F.Abs, -128, -128)]
    [InlineData("uint8", F.Negate, 1, 255)]
    [InlineData("uint64", F.Sign, -1, 1)]
    [InlineData("int32", F.Sign, -7, -1)]
    [InlineData("int32", F.Relu, -7, 0)]
    [InlineData("uint8", F.Relu, 200, 200)]
    [InlineData("uint8", F.BitwiseNot, 0x0F, 0xF0)]
    [InlineData("int32", F.BitwiseNot, 0, -1)]
    [InlineData("bool", F.BitwiseNot, 1, 0)]
    [InlineData("bool", F.LogicalNot, 0, 1)]
    [InlineData("int32", F.Round, 7, 7)]
    [InlineData("int32", F.Square, 65536, 0)]
    public void UnaryOfInteger(string type, F function, long x, long expected) => Assert.Equal(expected, ApplyToIntegers(function, type, x));

    [Fact]
    public void SelectTakesTheSecondWhereTrue()
    {
        Tensor y = PrimitiveOps.Where(Tensor.From([true, false]), Tensor.From([1f, 2f]), 9f);
        Assert.Equal([1f, 9f], y.ToArray<float>());
    }

    [Fact]
    public void NarrowFloatsRoundOnce()
    {
        // 1 + 2^-8 lies halfway between 1 and the next bfloat16. A float32 on the way would lose the 2^-40 that decides.
        Assert.Equal(1.0, Apply(F.Add, DType.BFloat16, 1, Math.Pow(2, -8)));
        Assert.Equal(1 + Math.Pow(2, -7), Apply(F.Add, DType.BFloat16, 1, Math.Pow(2, -8) * (1 + Math.Pow(2, -7))));
        Assert.Equal(1 + Math.Pow(2, -7), Apply(F.Abs, DType.BFloat16, 1 + Math.Pow(2, -8) + Math.Pow(2, -40)));
        Assert.Equal(1.0, Apply(F.Abs, DType.BFloat16, 1 + Math.Pow(2, -8) - Math.Pow(2, -40)));
        Assert.Equal(Inf, Apply(F.Multiply, DType.Float16, 60000, 2));
    }

    private static void AssertNumber(double expected, double actual)
    {
        if (expected == 0 || !double.IsFinite(expected)) Assert.Equal(BitConverter.DoubleToInt64Bits(expected), double.IsNaN(actual) ? BitConverter.DoubleToInt64Bits(NaN) : BitConverter.DoubleToInt64Bits(actual));
        else Assert.InRange(Math.Abs((actual - expected) / expected), 0, 4e-15);
    }

    private static double Apply(F function, DType type, params double[] operands)
    {
        ElementView[] views = [.. operands.Select(x => ElementView.Of(PrimitiveOps.Scalar(type, x)))];
        return Evaluate(function, views).Number(0);
    }

    private static long ApplyToIntegers(F function, DType type, params long[] operands)
    {
        ElementView[] views = [.. operands.Select(x =>
        {
            ElementView view = ElementView.Of(ConcreteTensor.Allocate(new TensorSpec(Shape.Scalar, type)));
            view.SetLong(0, x);
            return view;
        })];
        return Evaluate(function, views).Long(0);
    }

    private static ElementView Evaluate(F function, ElementView[] operands)
    {
        Elementwise primitive = new(function);
        ElementView result = ElementView.Of(ConcreteTensor.Allocate(primitive.Infer([.. operands.Select(o => o.Spec)])[0]));
        primitive.Evaluate(operands, [result]);
        return result;
    }
}
