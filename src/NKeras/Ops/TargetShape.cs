using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras;

/// <summary>
/// What <see cref="Ops.Reshape"/> takes as <c>newshape</c>: dimensions of which one may be -1 or null, which takes what is
/// left. Converts from a collection expression, an array, or the shape of another tensor.
/// </summary>
[CollectionBuilder(typeof(TargetShape), nameof(Create))]
public sealed class TargetShape : IEnumerable<int?>
{
    private readonly int?[] _given;

    private TargetShape(int?[] given) => _given = given;

    /// <summary>The dimensions, unknown where -1 or null was given.</summary>
    internal Shape Shape => Shape.Create([.. _given.Select(d => d == -1 ? null : d)]);

    /// <summary>Collects dimensions.</summary>
    /// <exception cref="ArgumentException">One is less than -1, or more than one is -1.</exception>
    public static TargetShape Create(ReadOnlySpan<int?> dims)
    {
        int?[] given = dims.ToArray();
        if (given.Any(d => d < -1) || given.Count(d => d == -1) > 1)
            throw new ArgumentException($"The dimensions of newshape are zero or greater, and at most one is -1; received ({string.Join(", ", given.Select(d => d?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"))}).", nameof(dims));
        return new(given);
    }

    /// <summary>A vector's length, or -1 to flatten.</summary>
    public static implicit operator TargetShape(int dim) => Create([dim]);

    /// <summary>The dimensions in an array.</summary>
    public static implicit operator TargetShape(int[] dims)
    {
        ArgumentNullException.ThrowIfNull(dims);
        return Create([.. dims.Select(d => (int?)d)]);
    }

    /// <summary>The dimensions of a shape.</summary>
    public static implicit operator TargetShape(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new([.. shape]);
    }

    /// <summary>The dimensions as given.</summary>
    public IEnumerator<int?> GetEnumerator() => ((IEnumerable<int?>)_given).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
