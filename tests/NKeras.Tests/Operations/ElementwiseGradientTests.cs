using NKeras.Core;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary>Gradients of the element-wise functions against differences, and where there is no difference to compare with.</summary>
public class ElementwiseGradientTests
{
    private static readonly Tensor s_positive = Tensor.From([0.3, 1.4, 2.6, 0.9]);
    private static readonly Tensor s_mixed = Tensor.From([-1.3, 0.4, 2.6, -0.7]);
    private static readonly Tensor s_small = Tensor.From([-0.8, 0.3, 0.05, 0.6]);
    private static readonly Tensor s_large = Tensor.From([1.2, 3, 7.5, 2.2]);

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Function, Tensor X)> s_unary = new()
    {
        ["abs"] = (Ops.Abs, s_mixed),
        ["fabs"] = (Ops.Fabs, s_mixed),
        ["negative"] = (Ops.Negative, s_mixed),
        ["reciprocal"] = (Ops.Reciprocal, s_mixed),
        ["square"] = (Ops.Square, s_mixed),
        ["sqrt"] = (Ops.Sqrt, s_positive),
        ["rsqrt"] = (Ops.Rsqrt, s_positive),
        ["cbrt"] = (Ops.Cbrt, s_mixed),
        ["exp"] = (Ops.Exp, s_mixed),
        ["exp2"] = (Ops.Exp2, s_mixed),
        ["expm1"] = (Ops.Expm1, s_mixed),
        ["log"] = (Ops.Log, s_positive),
        ["log2"] = (Ops.Log2, s_positive),
        ["log10"] = (Ops.Log10, s_positive),
        ["log1p"] = (Ops.Log1p, s_small),
        ["sin"] = (Ops.Sin, s_mixed),
        ["cos"] = (Ops.Cos, s_mixed),
        ["tan"] = (Ops.Tan, s_small),
        ["arcsin"] = (Ops.Arcsin, s_small),
        ["arccos"] = (Ops.Arccos, s_small),
        ["arctan"] = (Ops.Arctan, s_mixed),
        ["sinh"] = (Ops.Sinh, s_mixed),
        ["cosh"] = (Ops.Cosh, s_mixed),
        ["tanh"] = (Ops.Tanh, s_mixed),
        ["arcsinh"] = (Ops.Arcsinh, s_mixed),
        ["arccosh"] = (Ops.Arccosh, s_large),
        ["arctanh"] = (Ops.Arctanh, s_small),
        ["sinc"] = (Ops.Sinc, Tensor.From([0.0, 0.001, -0.1, 0.3, 1.7])),
        ["deg2rad"] = (Ops.Deg2rad, s_mixed),
        ["rad2deg"] = (Ops.Rad2deg, s_mixed),
        ["erf"] = (Ops.Erf, s_mixed),
        ["erfc"] = (Ops.Erfc, s_mixed),
        ["erfinv"] = (Ops.Erfinv, s_small),
        ["i0"] = (Ops.I0, s_mixed),
        ["nan_to_num"] = (x => Ops.NanToNum(x), s_mixed),
        ["clip"] = (x => Ops.Clip(x, -1, 1), s_mixed),
        ["copy"] = (Ops.Copy, s_mixed),
        ["ldexp"] = (x => Ops.Ldexp(x, new[] { 3, -2, 0, 1 }), s_mixed),
    };

    private static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> Function, Tensor A, Tensor B)> s_binary = new()
    {
        ["add"] = (Ops.Add, s_mixed, s_large),
        ["subtract"] = (Ops.Subtract, s_mixed, s_large),
        ["multiply"] = (Ops.Multiply, s_mixed, s_large),
        ["divide"] = (Ops.Divide, s_mixed, s_large),
        ["divide_no_nan"] = (Ops.DivideNoNan, s_mixed, s_large),
        ["mod"] = (Ops.Mod, s_mixed, s_large),
        ["fmod"] = (Ops.Fmod, s_mixed, s_large),
        ["power"] = (Ops.Power, s_positive, s_mixed),
        ["arctan2"] = (Ops.Arctan2, s_mixed, s_large),
        ["hypot"] = (Ops.Hypot, s_mixed, s_large),
        ["logaddexp"] = (Ops.Logaddexp, s_mixed, s_large),
        ["logaddexp2"] = (Ops.Logaddexp2, s_mixed, s_large),
        ["maximum"] = (Ops.Maximum, s_mixed, s_positive - 0.1),
        ["minimum"] = (Ops.Minimum, s_mixed, s_positive - 0.1),
        ["fmax"] = (Ops.Fmax, s_mixed, s_positive - 0.1),
        ["fmin"] = (Ops.Fmin, s_mixed, s_positive - 0.1),
        ["gammainc"] = (Ops.Gammainc, s_positive, s_large),
        ["gammainc_series"] = (Ops.Gammainc, s_large, s_positive),
        ["where"] = ((a, b) => Ops.Where(Tensor.From([true, false, true, false]), a, b), s_mixed, s_large),
        ["select"] = ((a, b) => Ops.Select([Tensor.From([true, false, true, false]), Tensor.From([true, true, false, false])], [a, b], a * b), s_mixed, s_large),
    };

    public static TheoryData<string> Unary => [.. s_unary.Keys];

    public static TheoryData<string> Binary => [.. s_binary.Keys];

    [Theory]
    [MemberData(nameof(Unary))]
    public void OfOneOperand(string name) => GradientCheck.Of(s_unary[name].Function, s_unary[name].X);

    [Theory]
    [MemberData(nameof(Binary))]
    public void OfTwoOperands(string name)
    {
        (Func<Tensor, Tensor, Tensor> function, Tensor a, Tensor b) = s_binary[name];
        GradientCheck.Of(function, a, b);
        if (name == "select" || name == "where") return;
        GradientCheck.Of(function, a, Ops.Cast(Tensor.From([1.85]), "float64"));
        GradientCheck.Of((x, y) => function(Ops.Reshape(x, [4, 1]), y), a, b);
    }

    // What JAX and PyTorch give at kinks and poles.
    [Fact]
    public void AtSpecialPoints()
    {
        Check(Ops.Abs, [0, -2, double.NaN], [0, -1, double.NaN]);
        Check(Ops.Sqrt, [0, 4], [double.PositiveInfinity, 0.25]);
        Check(Ops.Cbrt, [0, 8], [double.NaN, 1.0 / 12]);
        Check(Ops.Sinc, [0, 1e-200], [0, -Math.PI * Math.PI / 3 * 1e-200]);
        Check(Ops.Erfinv, [1, 0], [double.PositiveInfinity, Math.Sqrt(Math.PI) / 2]);
        Check(x => Ops.NanToNum(x), [1, double.NaN, double.PositiveInfinity, double.NegativeInfinity], [1, 0, 0, 0]);
        Check(x => Ops.Clip(x, 0, 1), [-1, 0, 0.5, 1, 2], [0, 1, 1, 1, 0]);
        Check(x => Ops.Maximum(x, 1), [0, 1, 2], [0, 0.5, 1]);
        Check(x => Ops.Fmax(x, 1), [0, 1, 2, double.NaN], [0, 1, 1, 0]);
        Check(x => Ops.Fmin(1, x), [0, 1, 2, double.NaN], [1, 0, 0, 0]);
        Check(x => Ops.Power(x, 0), [0, -1, 2], [0, 0, 0]);
        Check(x => Ops.Power(x, 2), [0, -1, 2], [0, -2, 4]);
        Check(x => Ops.Power(0, x), [1, 2], [0, 0]);
        Check(x => Ops.DivideNoNan(1, x), [0, 2], [0, -0.25]);
        Check(x => Ops.Logaddexp(x, 0), [0, double.NegativeInfinity, double.PositiveInfinity], [0.5, 0, 1]);
        Check(x => Ops.Logaddexp(x, x), [double.NegativeInfinity, double.PositiveInfinity, 1e308], [1, 1, 1]);
        Check(x => Ops.Gammainc(x, 0), [1], [0]);
        Check(x => Ops.Gammainc(1, x), [0, 2], [1, Math.Exp(-2)]);
        Check(x => Ops.Gammainc(2, x), [0], [0]);
    }

    [Fact]
    public void StepsAndTestsHaveNone()
    {
        foreach (Func<Tensor, Tensor> function in (Func<Tensor, Tensor>[])[Ops.Floor, Ops.Ceil, Ops.Trunc, x => Ops.Round(x), x => Ops.Round(x, 1), Ops.Sign, x => Ops.Nextafter(x, 5), x => Ops.FloorDivide(x, 2)])
            Check(function, [0.5, -1.5, 3], [0, 0, 0]);
    }

    private static void Check(Func<Tensor, Tensor> function, double[] x, double[] gradient)
    {
        using WideScope scope = WideScope.Wanted();
        double[] actual = FunctionGradients.Of(function, x, Ops.Ones([x.Length], DType.Float64)).ToArray<double>();
        Assert.Equal(gradient.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.True(gradient[i].Equals(actual[i]) || Math.Abs(gradient[i] - actual[i]) <= 1e-14 * Math.Abs(gradient[i]), $"element {i} at {x[i]}: {actual[i]:R}, not {gradient[i]:R}");
    }
}
