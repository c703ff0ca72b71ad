namespace NKeras.Engine.Primitives;

/// <summary>
/// How many of a number of trials (the first parameter, rounded down) succeed, each with a probability (the second). NaN where
/// there is no such distribution.
/// </summary>
internal sealed record RandomBinomial(IntList Dims) : RandomSample<double>(Dims)
{
    /// <summary>The mean from which rejection, whose cost does not grow, beats counting up.</summary>
    private const double LargeMean = 10;

    /// <summary>Where counting up ends: with a mean below ten no number is ever as large.</summary>
    private const double MostCounted = 110;

    protected override int ParameterCount => 2;

    internal override double Draw(ref RandomStream stream, double a, double b)
    {
        double trials = Math.Floor(a);
        if (!(trials >= 0) || double.IsInfinity(trials) || !(b is >= 0 and <= 1)) return double.NaN;
        double p = Math.Min(b, 1 - b);
        double count = p == 0 || trials == 0 ? 0 : trials * p < LargeMean ? CountUp(ref stream, trials, p) : Reject(ref stream, trials, p);
        return b > 0.5 ? trials - count : count;
    }

    /// <summary>The inverse of the distribution function, found by adding up probabilities.</summary>
    private static double CountUp(ref RandomStream stream, double trials, double p)
    {
        double odds = p / (1 - p), most = Math.Min(trials, MostCounted), none = Math.Exp(trials * ScalarMath.Log1p(-p));
        while (true)
        {
            double left = stream.NextUnit(), probability = none;
            for (double k = 0; k <= most; k++)
            {
                if (left <= probability) return k;
                left -= probability;
                probability *= odds * (trials - k) / (k + 1);
            }

            // Rounding has left something behind the last: draw again.
        }
    }

    /// <summary>Transformed rejection (Hörmann, "The generation of binomial random variates", 1993, algorithm BTRS).</summary>
    private static double Reject(ref RandomStream stream, double trials, double p)
    {
        double odds = p / (1 - p), deviation = Math.Sqrt(trials * p * (1 - p)), mode = Math.Floor((trials + 1) * p);
        double b = 1.15 + (2.53 * deviation), a = -0.0873 + (0.0248 * b) + (0.01 * p), center = (trials * p) + 0.5;
        double inner = 0.92 - (4.2 / b), alpha = (2.83 + (5.1 / b)) * deviation;
        double top = ScalarMath.Lgamma(mode + 1) + ScalarMath.Lgamma(trials - mode + 1);
        while (true)
        {
            double u = stream.NextUnit() - 0.5, v = stream.NextUnit(), distance = 0.5 - Math.Abs(u);
            double k = Math.Floor((((2 * a / distance) + b) * u) + center);
            if (distance >= 0.07 && v <= inner) return k;
            if (k < 0 || k > trials) continue;
            // The logarithm of k's probability, relative to the mode's.
            double height = top - ScalarMath.Lgamma(k + 1) - ScalarMath.Lgamma(trials - k + 1) + ((k - mode) * Math.Log(odds));
            if (Math.Log(v * alpha / ((a / (distance * distance)) + b)) <= height) return k;
        }
    }
}
