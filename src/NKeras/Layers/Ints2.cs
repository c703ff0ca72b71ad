using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras.Layers;

/// <summary>
/// One number for each of two spatial axes, or for both ends of one. Converts from a number, which counts for both, and from a pair,
/// an array or a collection expression of two: <c>3</c>, <c>(3, 5)</c>, <c>[3, 5]</c>.
/// </summary>
/// <param name="First">The number for the first axis (rows), or the beginning.</param>
/// <param name="Second">The number for the second axis (columns), or the end.</param>
[CollectionBuilder(typeof(Ints2), nameof(Create))]
public readonly record struct Ints2(int First, int Second) : IEnumerable<int>
{
    /// <summary>Makes a pair of two numbers.</summary>
    /// <exception cref="ArgumentException">There are more, or fewer.</exception>
    public static Ints2 Create(ReadOnlySpan<int> numbers)
    {
        AxisNumbers.Checked(numbers, 2, nameof(numbers));
        return new(numbers[0], numbers[1]);
    }

    /// <summary>One number for both.</summary>
    public static implicit operator Ints2(int both) => new(both, both);

    /// <summary>A number for each.</summary>
    public static implicit operator Ints2((int First, int Second) pair) => new(pair.First, pair.Second);

    /// <summary>A number for each.</summary>
    /// <exception cref="ArgumentException">There are not two numbers.</exception>
    public static implicit operator Ints2(int[] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return Create(numbers);
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As a pair in parentheses.</summary>
    public override string ToString() => $"({First}, {Second})";

    internal int[] ToArray() => [First, Second];
}
