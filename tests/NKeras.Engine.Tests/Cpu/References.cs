using NKeras.Engine.Primitives;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Cpu;

/// <summary>Element-wise functions in double precision.</summary>
internal static class References
{
    public static double Unary(ElementwiseFunction function, double x) => function switch
    {
        F.Negate => -x,
        F.Abs => Math.Abs(x),
        F.Sign => double.IsNaN(x) ? x : Math.Sign(x),
        F.Floor => Math.Floor(x),
        F.Ceiling => Math.Ceiling(x),
        F.Round => Math.Round(x),
        F.Truncate => Math.Truncate(x),
        F.Square => x * x,
        F.Sqrt => Math.Sqrt(x),
        F.Rsqrt => 1 / Math.Sqrt(x),
        F.Reciprocal => 1 / x,
        F.Exp => Math.Exp(x),
        F.Exp2 => Math.Pow(2, x),
        F.Expm1 => Expm1(x),
        F.Log => Math.Log(x),
        F.Log2 => Math.Log2(x),
        F.Log10 => Math.Log10(x),
        F.Log1p => Log1p(x),
        F.Sin => Math.Sin(x),
        F.Cos => Math.Cos(x),
        F.Tan => Math.Tan(x),
        F.Asin => Math.Asin(x),
        F.Acos => Math.Acos(x),
        F.Atan => Math.Atan(x),
        F.Sinh => Math.Sinh(x),
        F.Cosh => Math.Cosh(x),
        F.Tanh => Math.Tanh(x),
        F.Asinh => Math.Asinh(x),
        F.Acosh => Math.Acosh(x),
        F.Atanh => Math.Atanh(x),
        F.Sigmoid => 1 / (1 + Math.Exp(-x)),
        F.Softplus => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x))),
        F.Erf => Erf(x),
        F.Erfc => Erfc(x),
        // No second implementation: ElementwiseMeaningTests has these ones' values from elsewhere.
        F.Erfinv => ScalarMath.Erfinv(x),
        F.Lgamma => ScalarMath.Lgamma(x),
        F.Digamma => ScalarMath.Digamma(x),
        F.BesselI0 => ScalarMath.BesselI0(x),
        F.BesselI1 => ScalarMath.BesselI1(x),
        F.Cbrt => Math.Cbrt(x),
        F.Relu => double.IsNaN(x) ? x : Math.Max(x, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, null),
    };

    public static double Binary(ElementwiseFunction function, double a, double b) => function switch
    {
        F.Add => a + b,
        F.Subtract => a - b,
        F.Multiply => a * b,
        F.Divide => a / b,
        F.FloorDivide => Math.Floor(a / b),
        F.Remainder => a - (Math.Floor(a / b) * b),
        F.Fmod => Math.IEEERemainder(a, b) is var r && r != 0 && r < 0 != a < 0 ? r + Math.CopySign(Math.Abs(b), a) : Math.CopySign(Math.Abs(Math.IEEERemainder(a, b)), a),
        F.Maximum => Math.Max(a, b),
        F.Minimum => Math.Min(a, b),
        F.Power => Math.Pow(a, b),
        F.Atan2 => Math.Atan2(a, b),
        F.Hypot => Math.Sqrt((a * a) + (b * b)),
        F.Gammainc => ScalarMath.Gammainc(a, b),
        F.GammaincSlope => ScalarMath.GammaincSlope(a, b),
        F.Polygamma => ScalarMath.Polygamma(a, b),
        F.Equal => a == b ? 1 : 0,
        F.NotEqual => a != b ? 1 : 0,
        F.Less => a < b ? 1 : 0,
        F.LessEqual => a <= b ? 1 : 0,
        F.Greater => a > b ? 1 : 0,
        F.GreaterEqual => a >= b ? 1 : 0,
        F.LogicalAnd or F.BitwiseAnd => a * b,
        F.LogicalOr or F.BitwiseOr => Math.Max(a, b),
        F.LogicalXor or F.BitwiseXor => a != b ? 1 : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, null),
    };

    public static double Ternary(ElementwiseFunction function, double a, double b, double c) => function switch
    {
        F.Select => a != 0 ? b : c,
        F.MultiplyAdd => (a * b) + c,
        F.Clip => Math.Min(Math.Max(a, b), c),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, null),
    };

    public static double Expm1(double x)
    {
        if (Math.Abs(x) > 0.1) return Math.Exp(x) - 1;
        double sum = x, term = x;
        for (int k = 2; k < 14; k++) sum += term *= x / k;
        return sum;
    }

    public static double Log1p(double x)
    {
        double u = 1 + x;
        if (u == 1 || double.IsPositiveInfinity(u)) return x;
        return Math.Log(u) * x / (u - 1);
    }

    public static double Erf(double x)
    {
        if (double.IsNaN(x)) return x;
        if (Math.Abs(x) > 2) return Math.Sign(x) * (1 - Erfc(Math.Abs(x)));
        double sum = x, term = x;
        for (int k = 1; k < 60; k++)
        {
            term *= -x * x / k;
            sum += term / ((2 * k) + 1);
        }

        return sum * 2 / Math.Sqrt(Math.PI);
    }

    public static double Erfc(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x < 2) return 1 - Erf(x);
        double fraction = x; // The continued fraction of Laplace, from far inside out.
        for (int k = 120; k > 0; k--) fraction = x + (k / 2.0 / fraction);
        return Math.Exp(-x * x) / fraction / Math.Sqrt(Math.PI);
    }

    /// <summary>The distance from the reference in units of the last place of the nearest float.</summary>
    public static double Ulps(float actual, double expected)
    {
        float nearest = (float)expected;
        if (float.IsNaN(nearest) || float.IsInfinity(nearest) || float.IsNaN(actual) || float.IsInfinity(actual))
            return (float.IsNaN(nearest) && float.IsNaN(actual)) || nearest == actual ? 0 : double.PositiveInfinity;
        float magnitude = MathF.Min(MathF.Abs(nearest), 3e38f);
        double unit = MathF.BitIncrement(magnitude) - (double)magnitude;
        return Math.Abs(actual - expected) / unit;
    }
}
