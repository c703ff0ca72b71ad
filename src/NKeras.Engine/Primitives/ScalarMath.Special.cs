namespace NKeras.Engine.Primitives;

/// <summary>The inverse of the error function, Bessel functions, and divisors.</summary>
internal static partial class ScalarMath
{
    /// <summary>Wichura's rational approximations of the normal distribution's quantiles (AS 241): numerator and denominator for the middle, the flanks and the tails.</summary>
    private static readonly (double[] Numerator, double[] Denominator)[] s_quantiles =
    [
        (
            [
                3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
                4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
            ],
            [
                1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
                2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
            ]),
        (
            [
                1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
                1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
            ],
            [
                1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
                1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
            ]),
        (
            [
                6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
                2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
            ],
            [
                1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
                7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
            ]),
    ];

    /// <summary>The number whose error function is x; NaN outside of [-1, 1].</summary>
    public static double Erfinv(double x)
    {
        double a = Math.Abs(x);
        if (!(a < 1)) return a == 1 ? x * double.PositiveInfinity : double.NaN;
        if (a <= 0.85) return Quantile(0, 0.180625 - (x * x / 4)) * x / 2 / Math.Sqrt(2);
        double r = Math.Sqrt(-Math.Log((1 - a) / 2));
        return Math.CopySign((r <= 5 ? Quantile(1, r - 1.6) : Quantile(2, r - 5)) / Math.Sqrt(2), x);

        static double Quantile(int part, double r) => Polynomial(s_quantiles[part].Numerator, r) / Polynomial(s_quantiles[part].Denominator, r);
    }

    /// <summary>The modified Bessel function of the first kind of order 0.</summary>
    public static double BesselI0(double x) => BesselI(0, Math.Abs(x));

    /// <summary>The modified Bessel function of the first kind of order 1.</summary>
    public static double BesselI1(double x) => Math.CopySign(BesselI(1, Math.Abs(x)), x);

    /// <summary>The greatest common divisor, not negative; that of zero and a number is the number.</summary>
    public static ulong Gcd(ulong a, ulong b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }

    private static double BesselI(int order, double x)
    {
        if (double.IsNaN(x) || double.IsInfinity(x)) return x;
        if (x < 25)
        {
            // The power series, whose terms are all positive.
            double term = order == 0 ? 1 : x / 2, sum = term;
            for (int k = 1; k < 100 && term > sum * 1e-17; k++)
            {
                term *= x * x / 4 / (k * (double)(k + order));
                sum += term;
            }

            return sum;
        }

        // The asymptotic series, until its terms no longer shrink.
        double next = 1, series = 1;
        for (int k = 1; k < 50 && Math.Abs(next) > 1e-17; k++)
        {
            int odd = (2 * k) - 1;
            next *= ((odd * odd) - (4 * order * order)) / (8 * x * k);
            series += next;
        }

        // In two steps: the exponential exceeds the largest number before the result does.
        double half = Math.Exp(x / 2);
        return half / Math.Sqrt(2 * Math.PI * x) * series * half;
    }
}
