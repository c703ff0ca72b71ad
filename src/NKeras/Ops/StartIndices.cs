using System.Collections;
using System.Runtime.CompilerServices;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

/// <summary>
/// Where a part begins along each axis (<see cref="Ops.Slice"/>, <see cref="Ops.SliceUpdate"/>): converts from a collection expression of
/// numbers and scalar tensors, an array of numbers, or a vector.
/// </summary>
[CollectionBuilder(typeof(StartIndices), nameof(Create))]
public sealed class StartIndices : IReadOnlyList<Tensor>
{
    private readonly Tensor[] _items;

    private StartIndices(Tensor[] items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <summary>The vector that it was made from; null if it was made from items.</summary>
    internal Tensor? Vector { get; private init; }

    /// <inheritdoc/>
    public Tensor this[int index] => _items[index];

    /// <summary>Collects numbers and scalar tensors, one for each axis.</summary>
    public static StartIndices Create(ReadOnlySpan<Tensor> items) => new(items.ToArray());

    /// <summary>The numbers in an array.</summary>
    public static implicit operator StartIndices(int[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new([.. items.Select(i => (Tensor)i)]);
    }

    /// <summary>The numbers in a vector.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static implicit operator StartIndices(Tensor vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return vector is { Rank: 1 } && vector.Shape[0] is { } length
            ? new(vector is ConcreteTensor ? Items(vector, length) : []) { Vector = vector }
            : throw new ArgumentException($"Start indices are a vector with one number for each axis, not a tensor of shape {vector.Shape}.", nameof(vector));
    }

    /// <inheritdoc/>
    public IEnumerator<Tensor> GetEnumerator() => ((IEnumerable<Tensor>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The numbers in a vector, as scalars.</summary>
    internal static Tensor[] Items(Tensor vector, int length) =>
        [.. Enumerable.Range(0, length).Select(i => PrimitiveOps.Reshape(new Slice([i], [i + 1], [1]).Apply(vector), Shape.Scalar))];
}
