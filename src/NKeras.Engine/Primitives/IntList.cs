using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras.Engine.Primitives;

/// <summary>A list of numbers that compares by content, so that primitives with equal attributes are equal.</summary>
[CollectionBuilder(typeof(IntList), nameof(Create))]
internal readonly struct IntList : IEquatable<IntList>, IEnumerable<int>
{
    private readonly int[]? _items;

    public IntList(ReadOnlySpan<int> items) => _items = items.ToArray();

    public int Count => Items.Length;

    public ReadOnlySpan<int> Span => Items;

    private int[] Items => _items ?? [];

    public int this[int index] => Items[index];

    public static IntList Create(ReadOnlySpan<int> items) => new(items);

    public bool Equals(IntList other) => Items.AsSpan().SequenceEqual(other.Items);

    public override bool Equals(object? obj) => obj is IntList other && Equals(other);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int item in Items) hash.Add(item);
        return hash.ToHashCode();
    }

    public bool Contains(int item) => Items.Contains(item);

    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"[{string.Join(", ", Items)}]";
}
