namespace NKeras.Tests.Operations;

/// <summary>Element-wise functions: types, modes, edges and errors. Expected values follow from the definitions.</summary>
public class ElementwiseTests
{
    private const float Inf = float.PositiveInfinity;
    private const float NaN = float.NaN;

    private static readonly string[] s_types = ["bool", "uint8", "uint16", "uint32", "int8", "int16", "int32", "int64", "bfloat16", "float16", "float32", "float64"];

    private static readonly Tensor s_bytes = Tensor.From<sbyte>([1, -5, 100]);

    // The types of Keras on NumPy, for the types in the order above; - where it refuses the type.
    [Theory]
    [InlineData("fraction", "float32 float32 float32 float32 float32 float32 float32 float32 bfloat16 float16 float32 float32")]
    [InlineData("floor", "float32 float32 float32 float32 float32 float32 float32 float32 bfloat16 float16 float32 float32")]
    [InlineData("abs", "bool uint8 uint16 uint32 int8 int16 int32 int64 bfloat16 float16 float32 float64")]
    [InlineData("negative", "- uint8 uint16 uint32 int8 int16 int32 int64 bfloat16 float16 float32 float64")]
    [InlineData("round", "float16 uint8 uint16 uint32 int8 int16 int32 int64 bfloat16 float16 float32 float64")]
    [InlineData("trunc", "bool uint8 uint16 uint32 int8 int16 int32 int32 bfloat16 float16 float32 float32")]
    [InlineData("square", "int32 uint8 uint16 uint32 int8 int16 int32 int32 bfloat16 float16 float32 float32")]
    [InlineData("reciprocal", "int8 uint8 uint16 uint32 int8 int16 int32 int64 bfloat16 float16 float32 float64")]
    [InlineData("bitwise_not", "bool uint8 uint16 uint32 int8 int16 int32 int32 - - - -")]
    [InlineData("clip", "int32 uint8 uint16 uint32 int8 int16 int32 int64 bfloat16 float16 float32 float64")] // As on PyTorch; NumPy narrows.
    [InlineData("signbit", "bool bool bool bool bool bool bool bool bool bool bool bool")]
    [InlineData("isneginf", "bool bool bool bool bool bool bool bool bool bool bool bool")]
    [InlineData("nan_to_num", "bool uint8 uint16 uint32 int8 int16 int32 int64 bfloat16 float16 float32 float64")]
    [InlineData("fmod", "int32 uint8 uint16 uint32 int8 int16 int32 int32 bfloat16 float16 float32 float32")]
    [InlineData("power", "int8 uint8 uint16 uint32 int8 int16 int32 int32 bfloat16 float16 float32 float32")]
    [InlineData("hypot", "bool float32 float32 float32 float32 float32 float32 float32 bfloat16 float16 float32 float32")]
    [InlineData("left_shift", "int8 uint8 uint16 uint32 int8 int16 int32 int32 - - - -")]
    [InlineData("gcd", "- uint8 uint16 uint32 int8 int16 int32 int32 - - - -")]
    [InlineData("mod_literal", "int32 int32 int32 int32 int32 int32 int32 int32 bfloat16 float16 float32 float32")]
    [InlineData("add_literal", "int32 uint8 uint16 uint32 int8 int16 int32 int32 bfloat16 float16 float32 float32")]
    public void TypesOfResults(string name, string expected)
    {
        Func<Tensor, Tensor> function = name switch
        {
            "fraction" => Ops.Arctan,
            "floor" => Ops.Floor,
            "abs" => Ops.Abs,
            "negative" => Ops.Negative,
            "round" => x => Ops.Round(x),
            "trunc" => Ops.Trunc,
            "square" => Ops.Square,
            "reciprocal" => Ops.Reciprocal,
            "bitwise_not" => Ops.BitwiseNot,
            "clip" => x => Ops.Clip(x, 0, 1),
            "signbit" => Ops.Signbit,
            "isneginf" => Ops.Isneginf,
            "nan_to_num" => x => Ops.NanToNum(x),
            "fmod" => x => Ops.Fmod(x, x),
            "power" => x => Ops.Power(x, x),
            "hypot" => x => Ops.Hypot(x, x),
            "left_shift" => x => Ops.LeftShift(x, x),
            "gcd" => x => Ops.Gcd(x, x),
            "mod_literal" => x => Ops.Mod(x, 2),
            _ => x => Ops.Add(x, 2),
        };
        Assert.Equal(expected.Split(' '), s_types.Select(type =>
        {
            Tensor x = Ops.Ones([2, 0], type);
            try
            {
                Tensor result = function(x);
                Assert.Equal(x.Shape, result.Shape);
                Tensor symbolic = function(new Input([0], dtype: type));
                Assert.Equal(result.DType, symbolic.DType);
                Assert.Equal([null, 0], symbolic.Shape);
                return result.DType.Name;
            }
            catch (ArgumentException)
            {
                return "-";
            }
        }));
    }

    [Fact]
    public void LiteralsYieldInArithmeticAndCountAsTensorsElsewhere()
    {
        Tensor half = Ops.Ones([1], "float16"), small = Tensor.From<short>([6]);
        Assert.Equal(DType.Float16, Ops.Multiply(half, 2.5).DType);
        Assert.Equal(DType.Float32, Ops.Hypot(half, 2.5).DType);
        Assert.Equal(DType.Float32, Ops.Logaddexp(2.5, half).DType);
        Assert.Equal(DType.Int16, Ops.LeftShift(small, 1).DType);
        Assert.Equal(DType.Int32, Ops.LeftShift(1, small).DType);
        Assert.Equal(DType.Int32, Ops.BitwiseAnd(small, 3).DType);
        Assert.Equal(DType.Int32, Ops.Gcd(small, 3).DType);
    }

    [Fact]
    public void ComparisonsSeeAllBits()
    {
        Assert.Equal([false, true], Ops.Equal(Tensor.From([(1L << 40) + 1, 1]), Tensor.From([1L, 1])).ToArray<bool>());
        Assert.Equal([true, false], Ops.Less(Tensor.From([1e300, 1e-300]), Tensor.From([2e300, 0])).ToArray<bool>());
        Assert.Equal([false, false, false], Ops.Equal(s_bytes, 356).ToArray<bool>());
        Assert.Equal([true, true, true], Ops.Less(s_bytes, 300).ToArray<bool>());
        Assert.Equal([true, true], Ops.Greater(Tensor.From<byte>([0, 255]), -1).ToArray<bool>());
        Assert.Equal([false, true], Ops.Greater(Tensor.From([1UL, ulong.MaxValue]), 5).ToArray<bool>());
        Assert.Equal([true], Ops.Isfinite(Tensor.From([1e300])).ToArray<bool>());
    }

    [Fact]
    public void ToleranceIsThatOfTheSecond()
    {
        Assert.Equal([true, false], Ops.Isclose(Tensor.From([1f, 1.2f]), Tensor.From([1.1f, 1f]), rtol: 0.1, atol: 0).ToArray<bool>());
        Assert.Equal([true, false, false, false], Ops.Isclose(Tensor.From([Inf, Inf, 1, NaN]), Tensor.From([Inf, -Inf, Inf, NaN])).ToArray<bool>());
        Assert.Equal([true, false], Ops.Isclose(Tensor.From([NaN, NaN]), Tensor.From([NaN, 0]), equalNan: true).ToArray<bool>());
        Assert.Equal([true, false], Ops.Isclose(new[] { 1_000_000, 10 }, new[] { 1_000_001, 11 }).ToArray<bool>());
        Assert.Equal([false], Ops.Isclose(Ops.Cast(Tensor.From([1f]), "float16"), Ops.Cast(Tensor.From([1.001f]), "float16")).ToArray<bool>());
        Assert.True(Ops.Allclose(Tensor.From([1f, 2]), Tensor.From([1.0000001f, 2])).Item<bool>());
        Assert.False(Ops.Allclose(Tensor.From([1f, NaN]), Tensor.From([1f, NaN])).Item<bool>());
        Assert.True(Ops.Allclose(Ops.Zeros([0]), Ops.Ones([1])).Item<bool>());
        Assert.Equal(Shape.Scalar, Ops.Shape(Ops.Allclose(new Input([3]), 1)));
    }

    [Fact]
    public void RoundTakesDecimalsOnBothSides()
    {
        Assert.Equal([0f, 2, -2, 4], Ops.Round(Tensor.From([0.5f, 1.5f, -1.5f, 3.7f])).ToArray<float>());
        Assert.Equal([0.12, -1.68, 0.0], Ops.Round(Tensor.From([0.123, -1.675001, 0.0049]), 2).ToArray<double>());
        Assert.Equal([0, 20, 20, -20], Ops.Round(new[] { 5, 15, 25, -15 }, -1).ToArray<int>());
        Assert.Equal([7, 15], Ops.Round(new[] { 7, 15 }, 3).ToArray<int>());
        // No decimals are left at such sizes, and 10^400 is no number.
        Assert.Equal([3e38f, Inf, NaN, 1.5f], Ops.Round(Tensor.From([3e38f, Inf, NaN, 1.5f]), 5).ToArray<float>());
        Assert.Equal([3e38f, 0], Ops.Round(Tensor.From([3e38f, 0]), 400).ToArray<float>());
        Assert.Equal([0f, 0], Ops.Round(Tensor.From([3e38f, 2]), -400).ToArray<float>());
    }

    [Fact]
    public void IntegerFunctionsAreExact()
    {
        Assert.Equal([6, 5, 0, 1], Ops.Gcd(new[] { 12, 0, 0, 7 }, new[] { -18, 5, 0, 3 }).ToArray<int>());
        Assert.Equal([36, 0, 0, 21], Ops.Lcm(new[] { 12, 0, 0, 7 }, new[] { -18, 5, 0, -3 }).ToArray<int>());
        Assert.Equal([-1, 1, 0], Ops.Fmod(new[] { -7, 7, 5 }, new[] { 3, -3, 0 }).ToArray<int>());
        Assert.Equal([1, 0, -1, 0], Ops.Reciprocal(new[] { 1, 2, -1, 0 }).ToArray<int>());
        Assert.Equal([-56, 10], Ops.LeftShift(Tensor.From<sbyte>([100, 5]), 1).ToArray<sbyte>().Select(x => (int)x));
        Assert.Equal([-3, -1], Ops.RightShift(new[] { -5, -1 }, 1).ToArray<int>());
        Assert.Equal([false, true], Ops.BitwiseInvert(Tensor.From([true, false])).ToArray<bool>());
    }

    [Fact]
    public void LdexpNeverOverflowsOnTheWay()
    {
        Assert.Equal([1e-45f * (1 << 30), 0.75f, Inf, 0], Ops.Ldexp(Tensor.From([1e-45f, 3, 1, 1]), new[] { 30, -2, 1000, -1000 }).ToArray<float>());
        Assert.Equal([1.6069293830420667e+20f], Ops.Ldexp(Tensor.From([1e-40f]), new[] { 200 }).ToArray<float>());
        Assert.Equal([Inf, -0f], Ops.Ldexp(Tensor.From([1e-45f, -1]), new[] { int.MaxValue, int.MinValue }).ToArray<float>());
        Assert.Equal([8f], Ops.Ldexp(Tensor.From([1f]), Tensor.From<byte>([3])).ToArray<float>());
        Assert.Equal(float.Epsilon, Ops.Ldexp(Ops.Ldexp(1.0, -149), 0).Item<float>());
        Assert.Throws<ArgumentException>(() => Ops.Ldexp(Tensor.From([1f]), 2.0));
        Assert.Throws<ArgumentException>(() => Ops.Ldexp(new Input([1]), Tensor.From([true])));
    }

    [Fact]
    public void SignbitSeesZerosAndNan()
    {
        foreach (string type in (string[])["bfloat16", "float16", "float32", "float64"])
            Assert.Equal([false, true, true, false, true], Ops.Signbit(Ops.Cast(Tensor.From([0.0, -0.0, -3, 2, double.NegativeInfinity]), type)).ToArray<bool>());
        Assert.Equal([false, true, false], Ops.Signbit(s_bytes).ToArray<bool>());
        Assert.Equal([false, true], Ops.Signbit(Tensor.From([BitConverter.Int32BitsToSingle(0x7FC00000), BitConverter.Int32BitsToSingle(-1)])).ToArray<bool>());
    }

    [Fact]
    public void NextafterStepsInTheResultsType()
    {
        Assert.Equal([MathF.BitIncrement(1)], Ops.Nextafter(Tensor.From([1f]), 2).ToArray<float>());
        Assert.Equal([1f + (1f / 128)], Ops.Cast(Ops.Nextafter(Ops.Ones([1], "bfloat16"), Ops.Ones([1], "bfloat16") * 2), "float32").ToArray<float>());
        Assert.Equal([(Half)(1 - (1.0 / 2048))], Ops.Nextafter(Ops.Ones([1], "float16"), Ops.Zeros([1], "float16")).ToArray<Half>());
        Assert.Equal(DType.Float32, Ops.Nextafter(new[] { 1 }, new[] { 2 }).DType);
    }

    [Fact]
    public void NanToNumReplacesEachKind()
    {
        Tensor x = Tensor.From([NaN, Inf, -Inf, 1.5f]);
        Assert.Equal([0, float.MaxValue, float.MinValue, 1.5f], Ops.NanToNum(x).ToArray<float>());
        Assert.Equal([-1f, 7, 8, 1.5f], Ops.NanToNum(x, -1, 7, 8).ToArray<float>());
        Assert.Equal([(Half)0, Half.MaxValue, Half.MinValue, (Half)1.5], Ops.NanToNum(Ops.Cast(x, "float16")).ToArray<Half>());
    }

    [Fact]
    public void OperandsThatDoNotFitAreRefused()
    {
        Tensor two = Ops.Ones([2]), three = Ops.Ones([3]), truth = Tensor.From([true, false]);
        Assert.Contains("(2", Assert.Throws<ArgumentException>(() => Ops.Hypot(two, three)).Message);
        Assert.Throws<ArgumentException>(() => Ops.Add(new Input([2]), new Input([3])));
        Assert.Contains("BitwiseXor", Assert.Throws<ArgumentException>(() => Ops.BitwiseXor(two, two)).Message);
        Assert.Contains("Subtract", Assert.Throws<ArgumentException>(() => Ops.Subtract(truth, truth)).Message);
        Assert.Contains("Negative", Assert.Throws<ArgumentException>(() => Ops.Negative(truth)).Message);
        Assert.Contains("Lcm", Assert.Throws<ArgumentException>(() => Ops.Lcm(two, 3)).Message);
        Assert.Throws<ArgumentNullException>(() => Ops.Fmax(null!, two));
        Assert.Equal([1, 0], Ops.Subtract(truth, 0).ToArray<int>());
    }

    [Fact]
    public void UnknownDimensionsBroadcast()
    {
        Input x = new([3]), column = new([1]);
        foreach (Func<Tensor, Tensor, Tensor> function in (Func<Tensor, Tensor, Tensor>[])[Ops.Logaddexp, Ops.Nextafter, Ops.Fmax, Ops.Heaviside, Ops.Gammainc, (a, b) => Ops.Isclose(a, b), (a, b) => Ops.Where(a, a, b), (a, b) => Ops.Select([a], [b])])
            Assert.Equal([null, 3], function(x, column).Shape);
        Assert.Equal([null, 3], Ops.Sinc(x).Shape);
        Assert.Equal([5, 3], Ops.Arctan2(new Input(batchShape: [5, 1]), Ops.Ones([3])).Shape);
    }
}
