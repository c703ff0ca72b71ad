using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras.Engine.Graphs;

/// <summary>Graphs inside a primitive; compares by content.</summary>
[CollectionBuilder(typeof(SubgraphList), nameof(Create))]
internal readonly struct SubgraphList : IEquatable<SubgraphList>, IEnumerable<Subgraph>
{
    private readonly Subgraph[] _items;

    private SubgraphList(Subgraph[] items) => _items = items;

    public int Count => _items.Length;

    public Subgraph this[int index] => _items[index];

    public static SubgraphList Create(ReadOnlySpan<Subgraph> items) => new(items.ToArray());

    public bool Equals(SubgraphList other) => _items.AsSpan().SequenceEqual(other._items);

    public override bool Equals(object? obj) => obj is SubgraphList other && Equals(other);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (Subgraph item in _items) hash.Add(item);
        return hash.ToHashCode();
    }

    public IEnumerator<Subgraph> GetEnumerator() => ((IEnumerable<Subgraph>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"[{string.Join(", ", _items.Select(i => i.ToString()))}]";
}
