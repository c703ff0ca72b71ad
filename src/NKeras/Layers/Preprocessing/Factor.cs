using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace NKeras;

/// <summary>What Keras takes as "float or tuple of two floats", such as the strength of an augmentation: converts from a number, a pair, or a collection expression of two numbers.</summary>
[CollectionBuilder(typeof(Factor), nameof(Create))]
public sealed class Factor : IReadOnlyList<double>
{
    private readonly double[] _items;

    private Factor(params double[] items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <summary>Whether it was given as one number.</summary>
    internal bool IsNumber => _items.Length == 1;

    /// <summary>The first of the pair, or the number.</summary>
    internal double First => _items[0];

    /// <summary>The second of the pair, or the number.</summary>
    internal double Last => _items[^1];

    /// <inheritdoc/>
    public double this[int index] => _items[index];

    /// <summary>Collects two numbers.</summary>
    /// <exception cref="ArgumentException">There are not two.</exception>
    public static Factor Create(ReadOnlySpan<double> items) => items.Length == 2
        ? new Factor(items[0], items[1])
        : throw new ArgumentException($"A factor is one number or two; received {items.Length} numbers.", nameof(items));

    /// <summary>One number.</summary>
    public static implicit operator Factor(double number) => new(number);

    /// <summary>A pair.</summary>
    public static implicit operator Factor((double First, double Second) pair) => new(pair.First, pair.Second);

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The number, or the pair in parentheses, as Python writes it.</summary>
    public override string ToString() => IsNumber ? First.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"({First}, {Last})");
}
