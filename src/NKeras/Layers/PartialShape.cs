using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras.Layers;

/// <summary>
/// The dimensions that a layer is told of its result, <c>null</c> where the input decides. Converts from a number, for one dimension,
/// from a shape, an array, or a collection expression: <c>64</c>, <c>[null, 64]</c>.
/// </summary>
// Keras: "int or tuple"; a number alone is no Shape.
[CollectionBuilder(typeof(PartialShape), nameof(Create))]
public sealed class PartialShape : IReadOnlyList<int?>
{
    private PartialShape(Shape shape) => Shape = shape;

    /// <summary>The dimensions.</summary>
    public Shape Shape { get; }

    /// <inheritdoc/>
    public int Count => Shape.Rank;

    /// <inheritdoc/>
    public int? this[int index] => Shape[index];

    /// <summary>Collects dimensions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative.</exception>
    public static PartialShape Create(ReadOnlySpan<int?> dims) => new(Shape.Create(dims));

    /// <summary>One dimension.</summary>
    public static implicit operator PartialShape(int dim) => Create([dim]);

    /// <summary>The dimensions in an array.</summary>
    public static implicit operator PartialShape(int[] dims) => new(dims);

    /// <summary>The dimensions of a shape.</summary>
    public static implicit operator PartialShape(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new(shape);
    }

    /// <inheritdoc/>
    public IEnumerator<int?> GetEnumerator() => Shape.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As Keras prints it: <c>(None, 64)</c>.</summary>
    public override string ToString() => Shape.ToString();
}
