using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras.Layers;

/// <summary>
/// How much is added or cut off before and after each of three spatial axes. Converts from a number, which counts for all ends,
/// from a triple, for both ends of each axis, and from a list of three pairs: <c>1</c>, <c>(1, 2, 3)</c>,
/// <c>((1, 0), (2, 3), (0, 1))</c>, <c>[[1, 0], [2, 3], [0, 1]]</c>.
/// </summary>
/// <param name="First">Before and after the first axis.</param>
/// <param name="Second">Before and after the second axis.</param>
/// <param name="Third">Before and after the third axis.</param>
[CollectionBuilder(typeof(Margins3), nameof(Create))]
public readonly record struct Margins3(Ints2 First, Ints2 Second, Ints2 Third) : IEnumerable<Ints2>
{
    /// <summary>Makes margins of a pair for each axis.</summary>
    /// <exception cref="ArgumentException">There are more, or fewer.</exception>
    public static Margins3 Create(ReadOnlySpan<Ints2> pairs)
    {
        AxisNumbers.Checked(pairs, 3, nameof(pairs));
        return new(pairs[0], pairs[1], pairs[2]);
    }

    /// <summary>One number for all ends.</summary>
    public static implicit operator Margins3(int all) => new(all, all, all);

    /// <summary>A number for both ends of each axis.</summary>
    public static implicit operator Margins3((int First, int Second, int Third) widths) => new(widths.First, widths.Second, widths.Third);

    /// <summary>A number for each end of each axis.</summary>
    public static implicit operator Margins3(((int Before, int After) First, (int Before, int After) Second, (int Before, int After) Third) widths) =>
        new(widths.First, widths.Second, widths.Third);

    /// <inheritdoc/>
    public IEnumerator<Ints2> GetEnumerator() => ((IEnumerable<Ints2>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As pairs in parentheses.</summary>
    public override string ToString() => $"({First}, {Second}, {Third})";

    internal Ints2[] ToArray() => [First, Second, Third];
}
