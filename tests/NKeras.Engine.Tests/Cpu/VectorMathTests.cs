using NKeras.Engine.Cpu;
using NKeras.Engine.Primitives;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Cpu;

[Collection("Simd")]
public sealed class VectorMathTests
{
    private static readonly float[] s_specials =
    [
        0f, -0f, 1f, -1f, 2f, -2f, 0.5f, -0.5f, 1.5f, 2.5f, -1.5f, -2.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity,
        float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, 1.17549435e-38f, float.MaxValue, float.MinValue, 1e-10f, -1e-10f,
        88.72283f, 88.7229f, -87.3f, -88f, -103.9f, -104f, -200f, 127.999f, 128f, -149f, -150f, -151f, 1e30f, -1e30f,
        MathF.PI, MathF.PI / 2, 100000f, -1e7f, 4f, -4f, 10.05f, 10.1f, 0.925f, 0.9999999f, -0.9999999f, 1e9f, 2.3e9f, 8388609f, -8388609f,
    ];

    [Theory]
    [InlineData(F.Negate, -10, 10, 0.5)]
    [InlineData(F.Abs, -10, 10, 0.5)]
    [InlineData(F.Sign, -10, 10, 0.5)]
    [InlineData(F.Floor, -1000, 1000, 0.5)]
    [InlineData(F.Ceiling, -1000, 1000, 0.5)]
    [InlineData(F.Round, -1000, 1000, 0.5)]
    [InlineData(F.Truncate, -1000, 1000, 0.5)]
    [InlineData(F.Square, -10, 10, 0.501)]
    [InlineData(F.Sqrt, 0, 10, 0.501)]
    [InlineData(F.Rsqrt, 0, 10, 1.5)]
    [InlineData(F.Reciprocal, -10, 10, 0.501)]
    [InlineData(F.Relu, -10, 10, 0.5)]
    [InlineData(F.Exp, -105, 89, 1.2)]
    [InlineData(F.Exp, -1, 1, 1.2)]
    [InlineData(F.Exp2, -151, 128, 1.2)]
    [InlineData(F.Expm1, -20, 89, 2)]
    [InlineData(F.Expm1, -1, 1, 2)]
    [InlineData(F.Log, 0, 1e30, 1)]
    [InlineData(F.Log, 0.5, 2, 1)]
    [InlineData(F.Log2, 0, 1e30, 2)]
    [InlineData(F.Log2, 0.5, 2, 2)]
    [InlineData(F.Log10, 0, 1e30, 2)]
    [InlineData(F.Log10, 0.5, 2, 2)]
    [InlineData(F.Log1p, -1, 1, 1.6)]
    [InlineData(F.Log1p, 0, 1e20, 1.6)]
    [InlineData(F.Tanh, -10, 10, 2.5)]
    [InlineData(F.Tanh, -0.3, 0.3, 2.5)]
    [InlineData(F.Sigmoid, -104, 30, 2.5)]
    [InlineData(F.Sigmoid, -3, 3, 2.5)]
    [InlineData(F.Softplus, -104, 100, 2)]
    [InlineData(F.Softplus, -3, 3, 2)]
    [InlineData(F.Erf, -4.2, 4.2, 1.5)]
    [InlineData(F.Erfc, -4, 10.2, 4)]
    [InlineData(F.Erfinv, -1, 1, 0.51)]
    [InlineData(F.Lgamma, -10, 40, 0.51)]
    [InlineData(F.Digamma, -10, 40, 0.51)]
    [InlineData(F.BesselI0, -80, 80, 0.51)]
    [InlineData(F.BesselI1, -80, 80, 0.51)]
    [InlineData(F.Cbrt, -10, 10, 0.51)]
    [InlineData(F.Sin, -100, 100, 1.6)]
    [InlineData(F.Sin, -70000, 70000, 1.6)]
    [InlineData(F.Cos, -100, 100, 1.6)]
    [InlineData(F.Cos, -70000, 70000, 1.6)]
    [InlineData(F.Tan, -10, 10, 0.51)]
    [InlineData(F.Asin, -1, 1, 0.51)]
    [InlineData(F.Acos, -1, 1, 0.51)]
    [InlineData(F.Atan, -10, 10, 0.51)]
    [InlineData(F.Sinh, -10, 10, 0.51)]
    [InlineData(F.Cosh, -10, 10, 0.51)]
    [InlineData(F.Asinh, -10, 10, 0.51)]
    [InlineData(F.Acosh, 1, 10, 0.51)]
    [InlineData(F.Atanh, -1, 1, 0.51)]
    public void Vector_functions_are_close_to_double_precision(ElementwiseFunction function, double low, double high, double ulps)
    {
        Random random = new(17);
        float[] x = new float[20_000];
        for (int i = 0; i < x.Length; i++) x[i] = (float)(low + (random.NextDouble() * (high - low)));

        // A part of the range evenly by magnitude, for functions of small numbers.
        for (int i = 0; i < x.Length; i += 4)
        {
            float small = (float)(Math.Exp(random.NextDouble() * -90) * (i % 8 == 0 ? high : low));
            if (small >= low && small <= high) x[i] = small;
        }

        foreach (SimdLevel level in SimdLevels.All) Check(function, x, ulps, level);
    }

    [Fact]
    public void Special_numbers_give_what_double_precision_gives()
    {
        for (F function = F.Negate; function <= F.Relu; function++)
        {
            foreach (SimdLevel level in SimdLevels.All) Check(function, s_specials, 4, level);
        }
    }

    [Fact]
    public void Zeros_keep_their_sign()
    {
        foreach (F function in (F[])[F.Expm1, F.Log1p, F.Tanh, F.Erf, F.Sin, F.Sqrt, F.Floor, F.Round, F.Tan, F.Asin, F.Atan, F.Sinh, F.Asinh])
        {
            float[] y = Loops.Unary(function, [-0f, 0f], Simd.Level);
            Assert.True(float.IsNegative(y[0]) && y[0] == 0, $"{function}(-0) = {y[0]}");
            Assert.True(!float.IsNegative(y[1]) && y[1] == 0, $"{function}(0) = {y[1]}");
        }
    }

    [Theory]
    [InlineData(0.0, 10.0, -5.0, 5.0)]
    [InlineData(0.5, 2.0, -120.0, 120.0)]
    [InlineData(0.9, 1.1, -900.0, 900.0)]
    [InlineData(0.0, 1e30, -1.3, 1.3)]
    [InlineData(0.0, 1e-30, -1.3, 1.3)]
    public void Powers_are_close_to_double_precision(double low, double high, double lowExponent, double highExponent)
    {
        Random random = new(5);
        float[] a = [.. Enumerable.Range(0, 20_000).Select(_ => (float)(low + (random.NextDouble() * (high - low))))];
        float[] b = [.. a.Select(_ => (float)(lowExponent + (random.NextDouble() * (highExponent - lowExponent))))];
        CheckPowers(a, b, 2);
    }

    [Fact]
    public void Powers_of_special_numbers_are_those_of_double_precision()
    {
        float[] values = [.. s_specials, 3f, -3f, 16777216f, 16777217f, 8388607.5f, 1.0000001f, 0.99999994f];
        CheckPowers([.. values.SelectMany(_ => values)], [.. values.SelectMany(v => values.Select(_ => v))], 2);
    }

    private static void CheckPowers(float[] a, float[] b, double ulps)
    {
        float[] y = new float[a.Length];
        foreach (SimdLevel level in SimdLevels.All)
        {
            Loops.Run(ElementwiseLoops.Get(Loops.Single(F.Power), 0, level), y.Length, a, b, y);
            for (int i = 0; i < y.Length; i++)
            {
                double expected = Math.Pow(a[i], b[i]), error = References.Ulps(y[i], expected);
                Assert.True(error <= ulps, $"Power({a[i]:R}, {b[i]:R}) at {level} is {y[i]:R}, not {expected:R}: {error:F2} ulp.");
                if (expected == 0) Assert.Equal(double.IsNegative(expected), float.IsNegative(y[i]));
            }
        }
    }

    private static void Check(ElementwiseFunction function, float[] x, double ulps, SimdLevel level)
    {
        float[] y = Loops.Unary(function, x, level);
        double worst = 0, at = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double error = References.Ulps(y[i], References.Unary(function, x[i]));
            if (error > worst) (worst, at) = (error, x[i]);
        }

        Assert.True(worst <= ulps, $"{function} at {level}: {worst:F2} ulp for {at:R}.");
    }
}
