using System.Globalization;

namespace NKeras.Plotting.Charts;

/// <summary>The range of numbers along an axis, and the round numbers that are written beside it.</summary>
internal sealed class AxisScale
{
    private const double Limit = 1e300;

    /// <summary>Numbers that agree in so many digits count as equal: labels could not tell them apart.</summary>
    private const double Equal = 1e-9;

    private const double Smallest = 1e-300;

    /// <summary>The share of a step that rounding errors may make.</summary>
    private const double Slack = 1e-6;

    private readonly int _exponent;

    private AxisScale(double least, double greatest, IReadOnlyList<double> ticks, int exponent) =>
        (Least, Greatest, Ticks, _exponent) = (least, greatest, ticks, exponent);

    public double Least { get; }

    public double Greatest { get; }

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>An axis that begins and ends at round numbers.</summary>
    /// <param name="least">The least number, finite.</param>
    /// <param name="greatest">The greatest number, finite.</param>
    /// <param name="most">How many steps there is room for.</param>
    public static AxisScale ForNumbers(double least, double greatest, int most)
    {
        (least, greatest) = (Math.Clamp(least, -Limit, Limit), Math.Clamp(greatest, -Limit, Limit));
        double magnitude = Math.Max(Math.Abs(least), Math.Abs(greatest));
        if (greatest - least <= Math.Max(magnitude * Equal, Smallest))
        {
            double around = magnitude <= Smallest ? 1 : magnitude * 0.1;
            (least, greatest) = (least - around, greatest + around);
        }

        (double step, int exponent) = RoundStep((greatest - least) / most);
        // What lies on a round number but for rounding errors does not need one more step.
        (least, greatest) = (Math.Floor((least / step) + Slack) * step, Math.Ceiling((greatest / step) - Slack) * step);
        return new AxisScale(least, greatest, Multiples(step, least, greatest), exponent);
    }

    /// <summary>An axis for whole numbers, with a little room at both ends.</summary>
    public static AxisScale ForWholeNumbers(int first, int last, int most)
    {
        if (first == last) return new AxisScale(first - 1, last + 1, [first], 0);
        double range = (double)last - first;
        (double step, int exponent) = RoundStep(Math.Max(1, range / most));
        return new AxisScale(first - (0.02 * range), last + (0.02 * range), Multiples(step, first, last).FindAll(t => t >= first), exponent);
    }

    /// <summary>Where a number stands, from 0 to 1.</summary>
    public double Share(double value) => (Math.Clamp(value, -Limit, Limit) - Least) / (Greatest - Least);

    /// <summary>The text of a tick.</summary>
    public string Label(double tick)
    {
        double greatest = Math.Max(Math.Abs(Least), Math.Abs(Greatest));
        if (greatest < 1e6 && _exponent >= -5) return tick.ToString($"F{Math.Max(0, -_exponent)}", CultureInfo.InvariantCulture);
        if (tick == 0) return "0";
        int digits = Math.Clamp((int)Math.Floor(Math.Log10(Math.Abs(tick)) + 1e-9) - _exponent, 0, 15);
        return tick.ToString($"0.{new string('0', digits)}e-0", CultureInfo.InvariantCulture);
    }

    private static List<double> Multiples(double step, double least, double greatest)
    {
        List<double> multiples = [];
        for (double i = Math.Ceiling((least / step) - Slack); i <= (greatest / step) + Slack; i++) multiples.Add((i + 0.0) * step);
        return multiples;
    }

    /// <summary>The least step of 1, 2 or 5 times a power of ten, which is given, too, that is not less than another.</summary>
    private static (double Step, int Exponent) RoundStep(double least)
    {
        int exponent = (int)Math.Floor(Math.Log10(least));
        double unit = Math.Pow(10, exponent);
        foreach (int times in (ReadOnlySpan<int>)[1, 2, 5])
        {
            if (times * unit >= least * (1 - Equal)) return (times * unit, exponent);
        }

        return (10 * unit, exponent + 1);
    }
}
