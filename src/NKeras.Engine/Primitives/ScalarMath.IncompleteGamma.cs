namespace NKeras.Engine.Primitives;

/// <summary>The regularised lower incomplete gamma function P(a, x) and its derivative with respect to a.</summary>
internal static partial class ScalarMath
{
    private const int MostSteps = 100_000;

    /// <summary>From this a on the series would need too many terms; the uniform expansion has full precision with two.</summary>
    private const double UniformFrom = 1e5;

    /// <summary>Temme's coefficients c0 and c1 as series in η.</summary>
    private static readonly double[][] s_temme =
    [
        [
            -1.0 / 3, 1.0 / 12, -2.0 / 135, 1.0 / 864, 1.0 / 2835, -139.0 / 777600, 3.919263178522438e-05, -2.185448510679992e-06,
            -1.85406221071516e-06, 8.296711340953087e-07, -1.7665952736826078e-07,
        ],
        [
            -1.0 / 540, -1.0 / 288, 1.0 / 378, -77.0 / 77760, 0.00020576131687242798, -4.018775720164609e-07, -1.8098550334489977e-05,
            7.64916091608111e-06, -1.6120900894563446e-06,
        ],
    ];

    /// <summary>P(a, x): 1/Γ(a) times the integral of t^(a-1) e^-t from 0 to x.</summary>
    public static double Gammainc(double a, double x)
    {
        if (!IsInside(a, x, out double limit)) return limit;
        if (a >= UniformFrom) return Uniform(a, x);
        return x < a + 1 ? Series(a, x).Value : 1 - Fraction(a, x).Value;
    }

    /// <summary>∂P/∂a.</summary>
    public static double GammaincSlope(double a, double x)
    {
        if (!IsInside(a, x, out double limit)) return double.IsNaN(limit) ? limit : 0;
        if (a < UniformFrom) return x < a + 1 ? Series(a, x).Slope : -Fraction(a, x).Slope;
        // P is smooth on the scale of √a.
        double h = 0.02 * Math.Sqrt(a);
        return ((8 * (Uniform(a + h, x) - Uniform(a - h, x))) - (Uniform(a + (2 * h), x) - Uniform(a - (2 * h), x))) / (12 * h);
    }

    /// <summary>Whether both are positive and finite; elsewhere the limit, or NaN.</summary>
    private static bool IsInside(double a, double x, out double limit)
    {
        limit = !(a >= 0) || !(x >= 0) || (a == 0 && x == 0) || (double.IsInfinity(a) && double.IsInfinity(x)) ? double.NaN
            : x == 0 || double.IsInfinity(a) ? 0 : 1;
        return a > 0 && x > 0 && double.IsFinite(a) && double.IsFinite(x);
    }

    /// <summary>x^a e^-x / Γ(a + 1), without large numbers that cancel.</summary>
    private static double Density(double a, double x) => a < Asymptotic
        ? Math.Exp((a * Math.Log(x)) - x - Lgamma(a + 1))
        : Math.Exp(-(a * Deviation((x - a) / a)) - StirlingCorrection(a)) / Math.Sqrt(2 * Math.PI * a);

    /// <summary>μ - ln(1 + μ), accurate near zero.</summary>
    private static double Deviation(double mu)
    {
        if (Math.Abs(mu) > 0.2) return mu - Log1p(mu);
        double power = mu, sum = 0;
        for (int k = 2; k < 30; k++)
        {
            power *= -mu;
            sum -= power / k;
        }

        return sum;
    }

    /// <summary>P and its slope by the series Σ x^k / ((a+1) … (a+k)), all of whose terms are positive.</summary>
    private static (double Value, double Slope) Series(double a, double x)
    {
        double term = 1, sum = 1, harmonic = 0, slope = 0;
        for (int k = 1; k < MostSteps; k++)
        {
            term *= x / (a + k);
            harmonic += 1 / (a + k);
            sum += term;
            slope -= term * harmonic;
            if (term * (1 + harmonic) < sum * 1e-17) break;
        }

        double density = Density(a, x);
        return (density * sum, density * ((sum * (Math.Log(x) - Digamma(a + 1))) + slope));
    }

    /// <summary>1 - P and its slope by the continued fraction (Lentz's method, with derivatives carried along).</summary>
    private static (double Value, double Slope) Fraction(double a, double x)
    {
        double b = x + 1 - a, c = double.MaxValue, cSlope = 0, d = 1 / b, dSlope = d * d, h = d, hSlope = dSlope;
        for (int i = 1; i < MostSteps; i++)
        {
            double factor = -i * (i - a); // Its slope is i; that of b is -1.
            b += 2;
            double inverse = (factor * d) + b, inverseSlope = (i * d) + (factor * dSlope) - 1;
            (cSlope, c) = ((i / c) - (factor * cSlope / c / c) - 1, b + (factor / c));
            d = 1 / inverse;
            dSlope = -inverseSlope * d * d;
            double step = d * c, stepSlope = (dSlope * c) + (d * cSlope);
            hSlope = (hSlope * step) + (h * stepSlope);
            h *= step;
            if (Math.Abs(step - 1) < 4e-16 && Math.Abs(h * stepSlope) <= Math.Abs(hSlope) * 1e-15) break;
        }

        double density = a * Density(a, x);
        return (density * h, density * ((h * (Math.Log(x) - Digamma(a))) + hSlope));
    }

    /// <summary>Temme's uniform expansion for large a.</summary>
    private static double Uniform(double a, double x)
    {
        double mu = (x - a) / a, deviation = Deviation(mu);
        if (a * deviation > 800) return mu < 0 ? 0 : 1;
        double eta = Math.CopySign(Math.Sqrt(2 * deviation), mu);
        double correction = (Polynomial(s_temme[0], eta) + (Polynomial(s_temme[1], eta) / a)) * Math.Exp(-a * deviation) / Math.Sqrt(2 * Math.PI * a);
        return (0.5 * Erfc(-eta * Math.Sqrt(a / 2))) - correction;
    }

    /// <summary>A polynomial by its coefficients, the constant one first.</summary>
    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--) sum = (sum * x) + coefficients[i];
        return sum;
    }
}
