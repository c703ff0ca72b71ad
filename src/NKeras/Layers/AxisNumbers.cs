namespace NKeras.Layers;

/// <summary>What the types that hold a number for each of so many axes have in common.</summary>
internal static class AxisNumbers
{
    /// <summary>Checks that there are as many numbers as axes.</summary>
    /// <exception cref="ArgumentException">There are more, or fewer.</exception>
    public static ReadOnlySpan<T> Checked<T>(ReadOnlySpan<T> numbers, int axes, string parameter) => numbers.Length == axes
        ? numbers
        : throw new ArgumentException($"Expected one number, or a list of {axes}; received {numbers.Length}: ({string.Join(", ", numbers.ToArray())}).", parameter);
}
