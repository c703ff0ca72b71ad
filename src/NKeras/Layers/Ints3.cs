using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras.Layers;

/// <summary>
/// One number for each of three spatial axes. Converts from a number, which counts for all, and from a triple, an array or a
/// collection expression of three: <c>3</c>, <c>(3, 5, 7)</c>, <c>[3, 5, 7]</c>.
/// </summary>
/// <param name="First">The number for the first axis (depth).</param>
/// <param name="Second">The number for the second axis (rows).</param>
/// <param name="Third">The number for the third axis (columns).</param>
[CollectionBuilder(typeof(Ints3), nameof(Create))]
public readonly record struct Ints3(int First, int Second, int Third) : IEnumerable<int>
{
    /// <summary>Makes a triple of three numbers.</summary>
    /// <exception cref="ArgumentException">There are more, or fewer.</exception>
    public static Ints3 Create(ReadOnlySpan<int> numbers)
    {
        AxisNumbers.Checked(numbers, 3, nameof(numbers));
        return new(numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>One number for all axes.</summary>
    public static implicit operator Ints3(int all) => new(all, all, all);

    /// <summary>A number for each axis.</summary>
    public static implicit operator Ints3((int First, int Second, int Third) triple) => new(triple.First, triple.Second, triple.Third);

    /// <summary>A number for each axis.</summary>
    /// <exception cref="ArgumentException">There are not three numbers.</exception>
    public static implicit operator Ints3(int[] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return Create(numbers);
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As a triple in parentheses.</summary>
    public override string ToString() => $"({First}, {Second}, {Third})";

    internal int[] ToArray() => [First, Second, Third];
}
