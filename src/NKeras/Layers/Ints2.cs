using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras.Layers;

/// <summary>
/// One number for each of two spatial axes. Converts from a number, which counts for both, and from a pair, an array or a
/// collection expression of two: <c>3</c>, <c>(3, 5)</c>, <c>[3, 5]</c>.
/// </summary>
/// <param name="First">The number for the first axis (rows).</param>
/// <param name="Second">The number for the second axis (columns).</param>
[CollectionBuilder(typeof(Ints2), nameof(Create))]
public readonly record struct Ints2(int First, int Second) : IEnumerable<int>
{
    /// <summary>Makes a pair of two numbers, or of one that counts for both.</summary>
    /// <exception cref="ArgumentException">There are more, or none.</exception>
    public static Ints2 Create(ReadOnlySpan<int> numbers) => numbers.Length switch
    {
        1 => new(numbers[0], numbers[0]),
        2 => new(numbers[0], numbers[1]),
        _ => throw new ArgumentException($"Expected one number or two, for rows and columns; received {numbers.Length}: ({string.Join(", ", numbers.ToArray())}).", nameof(numbers)),
    };

    /// <summary>One number for both axes.</summary>
    public static implicit operator Ints2(int both) => new(both, both);

    /// <summary>A number for each axis.</summary>
    public static implicit operator Ints2((int First, int Second) pair) => new(pair.First, pair.Second);

    /// <summary>A number for each axis.</summary>
    /// <exception cref="ArgumentException">There are not one or two numbers.</exception>
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
