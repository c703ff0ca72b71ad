using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras.Layers;

/// <summary>
/// The key of a hash (SipHash), two whole numbers. Converts from one, which counts for both, and from a pair, an array or a collection
/// expression of two: <c>133</c>, <c>(133, 137)</c>, <c>[133, 137]</c>.
/// </summary>
/// <param name="First">The key's first half.</param>
/// <param name="Second">The key's second half.</param>
[CollectionBuilder(typeof(HashSalt), nameof(Create))]
public readonly record struct HashSalt(long First, long Second) : IEnumerable<long>
{
    /// <summary>Makes a key of two numbers.</summary>
    /// <exception cref="ArgumentException">There are more, or fewer.</exception>
    public static HashSalt Create(ReadOnlySpan<long> numbers) => numbers.Length == 2
        ? new(numbers[0], numbers[1])
        : throw new ArgumentException($"A salt is one whole number or two; received {numbers.Length}.", nameof(numbers));

    /// <summary>One number for both halves.</summary>
    public static implicit operator HashSalt(long both) => new(both, both);

    /// <summary>A number for each half.</summary>
    public static implicit operator HashSalt((long First, long Second) pair) => new(pair.First, pair.Second);

    /// <summary>A number for each half.</summary>
    /// <exception cref="ArgumentException">There are not two numbers.</exception>
    public static implicit operator HashSalt(long[] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return Create(numbers);
    }

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)[First, Second]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As a list.</summary>
    public override string ToString() => $"[{First}, {Second}]";

    internal (ulong First, ulong Second) Key => unchecked(((ulong)First, (ulong)Second));
}
