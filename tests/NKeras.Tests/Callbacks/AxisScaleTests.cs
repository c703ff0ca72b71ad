using System.Globalization;
using NKeras.Plotting.Charts;

namespace NKeras.Tests.Callbacks;

public sealed class AxisScaleTests
{
    [Theory]
    [InlineData(0.13, 2.31, 5, "0.0 0.5 1.0 1.5 2.0 2.5")]
    [InlineData(0.5, 0.98, 5, "0.5 0.6 0.7 0.8 0.9 1.0")]
    [InlineData(-1, 1, 4, "-1.0 -0.5 0.0 0.5 1.0")]
    [InlineData(0, 0.3, 3, "0.0 0.1 0.2 0.3")]
    [InlineData(120, 480, 4, "100 200 300 400 500")]
    [InlineData(0, 4e-7, 4, "0 1e-7 2e-7 3e-7 4e-7")]
    [InlineData(5e6, 3e7, 6, "5e6 1.0e7 1.5e7 2.0e7 2.5e7 3.0e7")]
    [InlineData(0.25, 0.25, 5, "0.22 0.23 0.24 0.25 0.26 0.27 0.28")]
    [InlineData(0, 0, 4, "-1.0 -0.5 0.0 0.5 1.0")]
    public void Ticks_are_round_and_enclose_the_numbers(double least, double greatest, int most, string expected)
    {
        AxisScale scale = AxisScale.ForNumbers(least, greatest, most);
        Assert.Equal(expected, string.Join(' ', scale.Ticks.Select(scale.Label)));
        Assert.True(scale.Least <= least && scale.Greatest >= greatest);
    }

    [Fact]
    public void Any_range_has_a_few_ticks_within_it_evenly_spaced()
    {
        Random random = new(7);
        double[] extremes = [0, 1e-320, -1e-320, 1e-300, 1, -1, 1e15, 1e300, -1e300, double.MaxValue, double.MinValue];
        for (int i = 0; i < 2000; i++)
        {
            double a = i < extremes.Length * extremes.Length ? extremes[i % extremes.Length] : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 13));
            double b = i < extremes.Length * extremes.Length ? extremes[i / extremes.Length] : a + (random.NextDouble() * Math.Pow(10, random.Next(-12, 13)));
            (double least, double greatest) = (Math.Min(a, b), Math.Max(a, b));
            int most = random.Next(2, 10);
            AxisScale scale = AxisScale.ForNumbers(least, greatest, most);
            Assert.InRange(scale.Ticks.Count, 2, most + 4);
            Assert.All(scale.Ticks, t => Assert.InRange(scale.Share(t), -0.001, 1.001));
            Assert.InRange(scale.Share(least), -0.001, 1.001);
            Assert.InRange(scale.Share(greatest), -0.001, 1.001);
            // Every label tells its tick from the others.
            double[] read = [.. scale.Ticks.Select(t => double.Parse(scale.Label(t), CultureInfo.InvariantCulture))];
            Assert.Equal(read.Distinct(), read);
            double step = scale.Ticks[1] - scale.Ticks[0];
            for (int k = 0; k < read.Length; k++) Assert.InRange(Math.Abs(read[k] - scale.Ticks[k]), 0, step * 0.01);
        }
    }

    [Theory]
    [InlineData(1, 1, 8, "1")]
    [InlineData(1, 2, 8, "1 2")]
    [InlineData(1, 8, 8, "1 2 3 4 5 6 7 8")]
    [InlineData(1, 20, 8, "5 10 15 20")]
    [InlineData(3, 12, 4, "5 10")]
    [InlineData(1, 600, 8, "100 200 300 400 500 600")]
    [InlineData(1, int.MaxValue, 3, "1e9 2e9")]
    public void Epochs_are_whole_numbers(int first, int last, int most, string expected)
    {
        AxisScale scale = AxisScale.ForWholeNumbers(first, last, most);
        Assert.Equal(expected, string.Join(' ', scale.Ticks.Select(scale.Label)));
        Assert.True(scale.Least < first && scale.Greatest > last);
    }
}
