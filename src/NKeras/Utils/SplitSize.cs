using System.Globalization;

namespace NKeras;

/// <summary>How much of a data set a part gets: so many samples, or a fraction of all of them.</summary>
public readonly record struct SplitSize
{
    private SplitSize(int? samples, double? fraction) => (Samples, Fraction) = (samples, fraction);

    /// <summary>The number of samples, if it is given so.</summary>
    public int? Samples { get; }

    /// <summary>The fraction, if it is given so.</summary>
    public double? Fraction { get; }

    /// <summary>So many samples.</summary>
    public static implicit operator SplitSize(int samples) => new(samples, null);

    /// <summary>A fraction of all samples.</summary>
    public static implicit operator SplitSize(double fraction) => new(null, fraction);

    /// <inheritdoc/>
    public override string ToString() => Samples?.ToString(CultureInfo.InvariantCulture) ?? (Fraction ?? 0).ToString(CultureInfo.InvariantCulture);

    /// <summary>How many samples of all these are.</summary>
    /// <param name="name">What the argument is called.</param>
    /// <param name="all">The number of samples.</param>
    /// <exception cref="ArgumentException">There would be none, or no other.</exception>
    internal int Of(string name, int all)
    {
        bool isPart = Samples is { } given ? given > 0 && given < all : Fraction is > 0 and < 1;
        if (!isPart) throw new ArgumentOutOfRangeException(name, $"SplitDataset: {name} is a number of samples from 1 to {all - 1}, or a fraction between 0 and 1, not {this}.");
        return Samples ?? (int)Math.Round(Fraction!.Value * all);
    }
}
