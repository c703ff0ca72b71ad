namespace NKeras.Tests.RandomOperations;

/// <summary>Tests of fit, with thresholds that random numbers of the right distribution exceed once in ten thousand times.</summary>
internal static class Distributions
{
    /// <summary>Asserts that numbers have a continuous distribution (Kolmogorov and Smirnov).</summary>
    public static void AssertFits(IReadOnlyList<double> numbers, Func<double, double> distribution)
    {
        double[] sorted = [.. numbers.Order()];
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double expected = distribution(sorted[i]);
            distance = Math.Max(distance, Math.Max(Math.Abs(expected - ((double)i / sorted.Length)), Math.Abs(((i + 1.0) / sorted.Length) - expected)));
        }

        // Kolmogorov's distribution: P(√n D > 2.226) = 2 exp(-2 · 2.226²) = 10^-4.
        Assert.InRange(distance * Math.Sqrt(sorted.Length), 0, 2.226);
    }

    /// <summary>Asserts that whole numbers have a distribution (Pearson's χ²; rare ones are put together).</summary>
    public static void AssertFits(IReadOnlyList<double> numbers, int first, IReadOnlyList<double> probabilities)
    {
        double[] counts = new double[probabilities.Count];
        foreach (double number in numbers)
        {
            Assert.Equal(Math.Floor(number), number);
            counts[(int)number - first]++;
        }

        double statistic = 0, expectedRare = 0, countRare = 0;
        int cells = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double expected = probabilities[i] * numbers.Count;
            if (expected < 8)
            {
                expectedRare += expected;
                countRare += counts[i];
                continue;
            }

            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
            cells++;
        }

        if (expectedRare >= 8)
        {
            statistic += (countRare - expectedRare) * (countRare - expectedRare) / expectedRare;
            cells++;
        }

        // The upper 10^-4 quantile by Wilson and Hilferty; 3.719 is the normal distribution's.
        double freedom = cells - 1, quantile = freedom * Math.Pow(1 - (2 / (9 * freedom)) + (3.719 * Math.Sqrt(2 / (9 * freedom))), 3);
        Assert.InRange(statistic, 0, quantile);
    }

    /// <summary>Asserts mean and variance, within four standard errors.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="mean">The distribution's mean.</param>
    /// <param name="variance">Its variance.</param>
    /// <param name="kurtosis">Its fourth central moment by its variance squared, on which the error of the variance depends.</param>
    public static void AssertMoments(IReadOnlyList<double> numbers, double mean, double variance, double kurtosis)
    {
        double average = numbers.Average(), spread = numbers.Average(x => (x - mean) * (x - mean));
        Assert.InRange(average, mean - (4 * Math.Sqrt(variance / numbers.Count)), mean + (4 * Math.Sqrt(variance / numbers.Count)));
        double error = 4 * variance * Math.Sqrt((kurtosis - 1) / numbers.Count);
        Assert.InRange(spread, variance - error, variance + error);
    }

    public static double[] Numbers(Tensor tensor) => Ops.Cast(tensor, DType.Float64).ToArray<double>();
}
