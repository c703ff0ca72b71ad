using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace NKeras;

/// <summary>What Keras takes as "float or list of floats": converts from a number, an array, or a collection expression.</summary>
[CollectionBuilder(typeof(Floats), nameof(Create))]
public sealed class Floats : IReadOnlyList<double>
{
    private readonly double[] _items;

    private Floats(double[] items, bool isNumber = false) => (_items, IsNumber) = (items, isNumber);

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <summary>Whether it was made from a number rather than a list.</summary>
    internal bool IsNumber { get; }

    /// <inheritdoc/>
    public double this[int index] => _items[index];

    /// <summary>Collects numbers.</summary>
    public static Floats Create(ReadOnlySpan<double> items) => new(items.ToArray());

    /// <summary>A single number.</summary>
    public static implicit operator Floats(double item) => new([item], isNumber: true);

    /// <summary>The numbers of an array.</summary>
    public static implicit operator Floats(double[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new([.. items]);
    }

    /// <summary>The numbers of an array.</summary>
    public static implicit operator Floats(float[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new([.. items.Select(i => (double)i)]);
    }

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A number, or a list in brackets.</summary>
    public override string ToString()
    {
        string items = string.Join(", ", _items.Select(i => i.ToString(CultureInfo.InvariantCulture)));
        return IsNumber ? items : $"[{items}]";
    }
}
