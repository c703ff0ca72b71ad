using System.Runtime.CompilerServices;

namespace NKeras.Trees;

/// <summary>A tuple of more items than C#'s generic ones take.</summary>
internal sealed class LongTuple(object?[] items) : ITuple
{
    public int Length => items.Length;

    public object? this[int index] => items[index];

    public override bool Equals(object? obj) => obj is LongTuple other && items.SequenceEqual(Enumerable.Range(0, other.Length).Select(i => other[i]));

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (object? item in items) hash.Add(item);
        return hash.ToHashCode();
    }

    public override string ToString() => $"({string.Join(", ", items)})";
}
