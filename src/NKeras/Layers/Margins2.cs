using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras.Layers;

/// <summary>
/// How much is added or cut off before and after each of two spatial axes. Converts from a number, which counts for all four ends,
/// from a pair, for both ends of rows and of columns, and from a list of two pairs: <c>1</c>, <c>(1, 2)</c>, <c>((1, 0), (2, 3))</c>,
/// <c>[[1, 0], [2, 3]]</c>.
/// </summary>
/// <param name="First">Before and after the first axis: above and below.</param>
/// <param name="Second">Before and after the second axis: left and right.</param>
[CollectionBuilder(typeof(Margins2), nameof(Create))]
public readonly record struct Margins2(Ints2 First, Ints2 Second) : IEnumerable<Ints2>
{
    /// <summary>Makes margins of a pair for each axis.</summary>
    /// <exception cref="ArgumentException">There are more, or fewer.</exception>
    public static Margins2 Create(ReadOnlySpan<Ints2> pairs)
    {
        AxisNumbers.Checked(pairs, 2, nameof(pairs));
        return new(pairs[0], pairs[1]);
    }

    /// <summary>One number for all ends.</summary>
    public static implicit operator Margins2(int all) => new(all, all);

    /// <summary>A number for both ends of each axis.</summary>
    public static implicit operator Margins2((int First, int Second) widths) => new(widths.First, widths.Second);

    /// <summary>A number for each end of each axis.</summary>
    public static implicit operator Margins2(((int Before, int After) First, (int Before, int After) Second) widths) => new(widths.First, widths.Second);

    /// <inheritdoc/>
    public IEnumerator<Ints2> GetEnumerator() => ((IEnumerable<Ints2>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As pairs in parentheses.</summary>
    public override string ToString() => $"({First}, {Second})";

    internal Ints2[] ToArray() => [First, Second];
}
