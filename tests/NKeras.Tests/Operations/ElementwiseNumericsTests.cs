using System.Globalization;
using NKeras.Core;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary>Functions at numbers where naive formulas fail: Data/elementwise_numerics.txt, what NumPy and SciPy give in double precision.</summary>
public class ElementwiseNumericsTests
{
    /// <summary>Type, function, operands and the value.</summary>
    private static readonly string[][] s_lines = [.. RecordedData.Text("elementwise_numerics.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' '))];

    private static readonly Dictionary<string, Func<Tensor, Tensor>> s_unary = new()
    {
        [nameof(Ops.Erf)] = Ops.Erf,
        [nameof(Ops.Erfc)] = Ops.Erfc,
        [nameof(Ops.Erfinv)] = Ops.Erfinv,
        [nameof(Ops.Expm1)] = Ops.Expm1,
        [nameof(Ops.Log1p)] = Ops.Log1p,
        [nameof(Ops.Sinc)] = Ops.Sinc,
        [nameof(Ops.I0)] = Ops.I0,
        [nameof(Ops.Cbrt)] = Ops.Cbrt,
        [nameof(Ops.Exp2)] = Ops.Exp2,
        [nameof(Ops.Rsqrt)] = Ops.Rsqrt,
        [nameof(Ops.Arcsinh)] = Ops.Arcsinh,
        [nameof(Ops.Arccosh)] = Ops.Arccosh,
        [nameof(Ops.Arctanh)] = Ops.Arctanh,
    };

    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> s_binary = new()
    {
        [nameof(Ops.Logaddexp)] = Ops.Logaddexp,
        [nameof(Ops.Logaddexp2)] = Ops.Logaddexp2,
        [nameof(Ops.Hypot)] = Ops.Hypot,
        [nameof(Ops.Power)] = Ops.Power,
        [nameof(Ops.Arctan2)] = Ops.Arctan2,
        [nameof(Ops.Mod)] = Ops.Mod,
        [nameof(Ops.Fmod)] = Ops.Fmod,
        [nameof(Ops.FloorDivide)] = Ops.FloorDivide,
        [nameof(Ops.Nextafter)] = Ops.Nextafter,
        [nameof(Ops.Heaviside)] = Ops.Heaviside,
        [nameof(Ops.Fmax)] = Ops.Fmax,
        [nameof(Ops.Fmin)] = Ops.Fmin,
        [nameof(Ops.Gammainc)] = Ops.Gammainc,
    };

    public static TheoryData<string, string> Names
    {
        get
        {
            TheoryData<string, string> names = [];
            foreach ((string type, string name) in s_lines.Select(l => (l[0], l[1])).Distinct()) names.Add(type, name);
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ValuesAreThoseOfDoublePrecision(string type, string name)
    {
        using WideScope scope = WideScope.Wanted();
        double tolerance = type == "float32" ? 5e-7 : name == nameof(Ops.Gammainc) ? 1e-12 : 4e-15;
        double least = type == "float32" ? float.Epsilon : double.Epsilon;
        List<string> wrong = [];
        foreach (string[] line in s_lines.Where(l => l[0] == type && l[1] == name))
        {
            double[] numbers = [.. line[2..].Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
            Tensor[] x = [.. numbers[..^1].Select(n => Ops.Cast(Tensor.From([n]), type))];
            Tensor result = x.Length == 1 ? s_unary[name](x[0]) : s_binary[name](x[0], x[1]);
            Assert.Equal(type, result.DType.Name);
            double actual = Ops.Cast(result, DType.Float64).Item<double>();
            if (!IsClose(numbers[^1], actual, tolerance, least)) wrong.Add($"{string.Join(' ', line)}: {actual:R}");
        }

        Assert.Empty(wrong);
    }

    /// <summary>Zeros have the same sign; the smallest numbers may be a unit off.</summary>
    private static bool IsClose(double expected, double actual, double tolerance, double least) =>
        double.IsNaN(expected) ? double.IsNaN(actual)
        : expected == 0 || double.IsInfinity(expected) ? BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual)
        : Math.Abs(actual - expected) <= (tolerance * Math.Abs(expected)) + least;
}
