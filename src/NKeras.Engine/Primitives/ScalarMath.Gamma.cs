namespace NKeras.Engine.Primitives;

/// <summary>The logarithm of the gamma function and its derivatives.</summary>
internal static partial class ScalarMath
{
    private const double EulerGamma = 0.57721566490153286061;

    /// <summary>From here on the asymptotic series have reached full precision within their few terms.</summary>
    private const double Asymptotic = 12;

    /// <summary>The Bernoulli numbers B2, B4, …, which all asymptotic series here are made of.</summary>
    private static readonly double[] s_bernoulli =
        [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510, 43867.0 / 798, -174611.0 / 330];

    /// <summary>(-1)^k (ζ(k) - 1) / k for k = 2, 3, …: the series of lnΓ(2 + z).</summary>
    private static readonly double[] s_gammaSeries = [.. Enumerable.Range(2, 30).Select(k => (k % 2 == 0 ? 1 : -1) * HurwitzZeta(k, 2) / k)];

    /// <summary>ln|Γ(x)|; infinite at zero and the negative whole numbers.</summary>
    public static double Lgamma(double x)
    {
        if (double.IsNaN(x)) return x;
        if (double.IsInfinity(x)) return double.PositiveInfinity;
        if (x <= 0)
        {
            if (x == Math.Floor(x)) return double.PositiveInfinity;
            // The reflection formula. Close to zero 1 - x would lose digits.
            return x > -0.5 ? LgammaOfOnePlus(x) - Math.Log(-x) : Math.Log(Math.PI / Math.Abs(double.SinPi(x))) - Lgamma(1 - x);
        }

        if (x < 0.5) return LgammaOfOnePlus(x) - Math.Log(x);
        if (x < 1.5) return LgammaOfOnePlus(x - 1);
        if (x >= Asymptotic) return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + StirlingCorrection(x);
        double product = 1;
        while (x > 2.5) product *= --x;
        return LgammaOfTwoPlus(x - 2) + Math.Log(product);
    }

    /// <summary>The derivative of lnΓ.</summary>
    public static double Digamma(double x)
    {
        if (x == 0) return double.IsNegative(x) ? double.PositiveInfinity : double.NegativeInfinity;
        if (double.IsPositiveInfinity(x)) return x;
        if (x < 0)
        {
            // The reflection formula; tan has period one in units of π.
            return double.IsFinite(x) && x != Math.Floor(x) ? Digamma(1 - x) - (Math.PI / double.TanPi(x)) : double.NaN;
        }

        double below = 0;
        for (; x < Asymptotic; x++) below += 1 / x;
        double power = 1, sum = Math.Log(x) - (0.5 / x);
        for (int k = 1; k <= s_bernoulli.Length; k++)
        {
            power /= x * x;
            sum -= s_bernoulli[k - 1] / (2 * k) * power;
        }

        return sum - below;
    }

    /// <summary>The n-th derivative of <see cref="Digamma"/>; NaN unless n is a whole number that is not negative.</summary>
    public static double Polygamma(double n, double x)
    {
        if (n == 0) return Digamma(x);
        if (!(n > 0) || n != Math.Floor(n) || double.IsNaN(x)) return double.NaN;
        double sign = n % 2 == 0 ? -1 : 1, factorial = Math.Exp(Lgamma(n + 1));
        if (n < 18)
        {
            factorial = 1;
            for (int i = 2; i <= n; i++) factorial *= i;
        }

        return sign * factorial * HurwitzZetaOfAny(n + 1, x);
    }

    /// <summary>ζ(s, q) = Σ 1/(q + k)^s for q > 0 and s > 1, by Euler and Maclaurin.</summary>
    private static double HurwitzZeta(double s, double q)
    {
        if (double.IsPositiveInfinity(q)) return 0;
        double sum = 0;
        for (; q < Asymptotic; q++) sum += Math.Pow(q, -s);
        double power = Math.Pow(q, -s), tail = (power * q / (s - 1)) + (power / 2);
        double factor = s / q; // s (s+1) … (s+2k-2) / ((2k)! q^(2k-1))
        for (int k = 1; k <= s_bernoulli.Length; k++)
        {
            factor /= k == 1 ? 2 : (2 * k) * ((2 * k) - 1);
            tail += s_bernoulli[k - 1] * factor * power;
            factor *= (s + (2 * k) - 1) * (s + (2 * k)) / (q * q);
        }

        return sum + tail;
    }

    /// <summary>The same for whole s, and also for q below zero: the sum over all whole numbers has the period one.</summary>
    private static double HurwitzZetaOfAny(double s, double q)
    {
        if (q > 0) return HurwitzZeta(s, q);
        bool even = s % 2 == 0;
        double fraction = q - Math.Floor(q);
        if (fraction == 0 || double.IsInfinity(q)) return double.IsInfinity(q) ? double.NaN : even || q == 0 ? Math.CopySign(double.PositiveInfinity, even ? 1 : q) : double.NaN;
        double left = HurwitzZeta(s, 1 - fraction) - HurwitzZeta(s, 1 - q);
        return HurwitzZeta(s, fraction) + (even ? left : -left);
    }

    private static double LgammaOfOnePlus(double z) => LgammaOfTwoPlus(z) - Log1p(z);

    /// <summary>Good for |z| up to 1/2; zero at zero, without cancellation around it.</summary>
    private static double LgammaOfTwoPlus(double z)
    {
        double sum = 0;
        for (int i = s_gammaSeries.Length - 1; i >= 0; i--) sum = (sum * z) + s_gammaSeries[i];
        return z * ((1 - EulerGamma) + (z * sum));
    }

    /// <summary>What Stirling's formula for lnΓ(x) lacks.</summary>
    private static double StirlingCorrection(double x)
    {
        double power = 1 / x, sum = 0;
        for (int k = 1; k <= s_bernoulli.Length; k++)
        {
            sum += s_bernoulli[k - 1] / (2 * k * ((2 * k) - 1)) * power;
            power /= x * x;
        }

        return sum;
    }
}
