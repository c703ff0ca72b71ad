namespace NKeras.Engine.Primitives;

/// <summary>Functions of single numbers that <see cref="Math"/> lacks.</summary>
internal static partial class ScalarMath
{
    /// <summary>e^x - 1 without cancellation near zero (Kahan's correction of the rounded exponential).</summary>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) > 1) return Math.Exp(x) - 1;
        double u = Math.Exp(x);
        if (u == 1) return x;
        return (u - 1) * x / Math.Log(u);
    }

    /// <summary>ln(1 + x) without cancellation near zero (Kahan's correction of the rounded sum).</summary>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        if (u == 1 || double.IsPositiveInfinity(u)) return u == 1 ? x : u;
        return Math.Log(u) * (x / (u - 1));
    }

    /// <summary>ln(e^a + e^b) without overflow.</summary>
    public static double LogAdd(double a, double b)
    {
        double greater = Math.Max(a, b);
        return double.IsInfinity(greater) ? greater : greater + Log1p(Math.Exp(Math.Min(a, b) - greater));
    }

    /// <summary>The error function.</summary>
    public static double Erf(double x)
    {
        if (double.IsNaN(x)) return x;
        double a = Math.Abs(x);
        return a < 2 ? Math.CopySign(ErfSeries(a), x) : Math.CopySign(1 - ErfcFraction(a), x);
    }

    /// <summary>1 - erf(x), accurate where erf is nearly one.</summary>
    public static double Erfc(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x < 0) return 2 - Erfc(-x);
        return x < 2 ? 1 - ErfSeries(x) : ErfcFraction(x);
    }

    /// <summary>The remainder that has the divisor's sign, zeros included, as in Python.</summary>
    public static double FloorRemainder(double a, double b)
    {
        double r = a % b;
        return r == 0 ? Math.CopySign(0, b) : (r < 0) != (b < 0) ? r + b : r;
    }

    /// <summary>The whole number of times b goes into a, as in Python: exact where a / b rounds up to a whole number.</summary>
    public static double FloorDivide(double a, double b)
    {
        if (b == 0) return a / b;
        double r = a % b;
        double q = (a - r) / b;
        if (r != 0 && (r < 0) != (b < 0)) q -= 1;
        return q == 0 ? Math.CopySign(0, a / b) : Math.Round(q);
    }

    /// <summary>The quotient rounded down.</summary>
    public static long FloorDivide(long a, long b)
    {
        if (b == -1) return -a; // long.MinValue / -1 overflows in hardware; negation wraps.
        long q = a / b;
        return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
    }

    /// <summary>IEEE 754's pow; .NET's follows it.</summary>
    public static double Power(double a, double b) => Math.Pow(a, b);

    /// <summary>a^b by squaring, wrapping around; a negative exponent gives the truncated reciprocal.</summary>
    public static long Power(long a, long b)
    {
        if (b < 0) return a == 1 ? 1 : a == -1 ? ((b & 1) == 0 ? 1 : -1) : 0;
        return Power(a, (ulong)b);
    }

    /// <summary>a^b by squaring, wrapping around.</summary>
    public static long Power(long a, ulong b)
    {
        long result = 1;
        for (; b > 0; b >>= 1)
        {
            if ((b & 1) != 0) result *= a;
            a *= a;
        }

        return result;
    }

    /// <summary>Abramowitz and Stegun 7.1.6, whose terms are all positive: no cancellation.</summary>
    private static double ErfSeries(double x)
    {
        double term = x, sum = x;
        for (int n = 1; n < 200 && term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>The continued fraction of Abramowitz and Stegun 7.1.14, from the tail up.</summary>
    private static double ErfcFraction(double x)
    {
        if (x > 27.3) return 0;
        double fraction = x;
        for (int n = 120; n > 0; n--) fraction = x + (n / 2.0 / fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
