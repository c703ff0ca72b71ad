using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras.Layers;

/// <summary>
/// A number for one spatial axis. Converts from a number, and from an array or a collection expression of one: <c>3</c>, <c>[3]</c>.
/// </summary>
/// <param name="First">The number.</param>
[CollectionBuilder(typeof(Ints1), nameof(Create))]
public readonly record struct Ints1(int First) : IEnumerable<int>
{
    /// <summary>Takes the only number of a list.</summary>
    /// <exception cref="ArgumentException">There are more, or none.</exception>
    public static Ints1 Create(ReadOnlySpan<int> numbers) => new(AxisNumbers.Checked(numbers, 1, nameof(numbers))[0]);

    /// <summary>The number for the axis.</summary>
    public static implicit operator Ints1(int number) => new(number);

    /// <summary>The only number of an array.</summary>
    /// <exception cref="ArgumentException">There are more, or none.</exception>
    public static implicit operator Ints1(int[] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return Create(numbers);
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As a tuple of one.</summary>
    public override string ToString() => $"({First},)";

    internal int[] ToArray() => [First];
}
