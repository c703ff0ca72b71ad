using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras;

/// <summary>What Keras takes as "int or tuple of ints": converts from a number, a pair or triple, an array, or a collection expression.</summary>
[CollectionBuilder(typeof(Ints), nameof(Create))]
public sealed class Ints : IReadOnlyList<int>
{
    private readonly int[] _items;

    private Ints(int[] items, bool isNumber = false) => (_items, IsNumber) = (items, isNumber);

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <summary>Whether it was made from a number rather than a list.</summary>
    internal bool IsNumber { get; }

    /// <inheritdoc/>
    public int this[int index] => _items[index];

    /// <summary>Collects numbers.</summary>
    public static Ints Create(ReadOnlySpan<int> items) => new(items.ToArray());

    /// <summary>A single number.</summary>
    public static implicit operator Ints(int item) => new([item], isNumber: true);

    /// <summary>A pair.</summary>
    public static implicit operator Ints((int, int) items) => new([items.Item1, items.Item2]);

    /// <summary>A triple.</summary>
    public static implicit operator Ints((int, int, int) items) => new([items.Item1, items.Item2, items.Item3]);

    /// <summary>The numbers of an array.</summary>
    public static implicit operator Ints(int[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new([.. items]);
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As a tuple in parentheses.</summary>
    public override string ToString() => _items.Length == 1 ? $"({_items[0]},)" : $"({string.Join(", ", _items)})";
}
