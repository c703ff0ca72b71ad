using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras;

/// <summary>
/// What <see cref="Ops.Pad"/> takes as <c>pad_width</c>: one number for all ends of all axes, a pair (before, after) for all axes, or a
/// list with a pair, or a list of one number, for each axis.
/// </summary>
[CollectionBuilder(typeof(PadWidth), nameof(Create))]
public sealed class PadWidth : IReadOnlyList<Ints>
{
    private readonly Ints[] _items;

    private PadWidth(Ints[] items, object form) => (_items, Form) = (items, form);

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <summary>What it was made from, for configurations.</summary>
    internal object Form { get; }

    /// <inheritdoc/>
    public Ints this[int index] => _items[index];

    /// <summary>Collects pairs, one for each axis; two numbers are one pair for all axes.</summary>
    /// <exception cref="ArgumentException">An item is no pair and no single number.</exception>
    public static PadWidth Create(ReadOnlySpan<Ints> items)
    {
        Ints[] given = items.ToArray();
        if (given.Length is 1 or 2 && given.All(i => i.IsNumber)) return new([Ints.Create([.. given.Select(i => i[0])])], Ints.Create([.. given.Select(i => i[0])]));
        return given.FirstOrDefault(i => i.IsNumber || i.Count is not (1 or 2)) is { } wrong
            ? throw new ArgumentException($"Widths of padding are a number, a pair, or a list of pairs; received {wrong} for an axis.", nameof(items))
            : new(given, given);
    }

    /// <summary>One number for all ends.</summary>
    public static implicit operator PadWidth(int width) => new([width], width);

    /// <summary>So many before and after, along all axes.</summary>
    public static implicit operator PadWidth((int Before, int After) widths) => Create([widths.Before, widths.After]);

    /// <summary>A pair for each axis.</summary>
    public static implicit operator PadWidth((int Before, int After)[] widths)
    {
        ArgumentNullException.ThrowIfNull(widths);
        return Create([.. widths.Select(w => (Ints)(w.Before, w.After))]);
    }

    /// <inheritdoc/>
    public IEnumerator<Ints> GetEnumerator() => ((IEnumerable<Ints>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>In parentheses, as in Python.</summary>
    public override string ToString() => $"({string.Join(", ", _items.Select(i => i.ToString()))})";

    /// <summary>Before and after for each axis of a tensor.</summary>
    /// <exception cref="ArgumentException">There are widths for another number of axes, or a negative one.</exception>
    internal (int Before, int After)[] For(Shape shape)
    {
        if (Count != 1 && Count != shape.Rank) throw new ArgumentException($"Pad: widths {this} are for {Count} axes; the tensor of shape {shape} has {shape.Rank}.");
        if (_items.Any(i => i.Any(w => w < 0))) throw new ArgumentException($"Pad: widths are not negative; received {this}.");
        return [.. Enumerable.Range(0, shape.Rank).Select(axis => _items[Count == 1 ? 0 : axis]).Select(i => (i[0], i[^1]))];
    }
}
