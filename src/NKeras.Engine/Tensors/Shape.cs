using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras;

/// <summary>The dimensions of a tensor; <c>null</c> stands for one that is not known before data arrives.</summary>
/// <remarks>Written as a collection expression: <c>[null, 28, 28, 1]</c>; <c>[]</c> is a scalar's. As in Keras, a number alone is no shape.</remarks>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IReadOnlyList<int?>, IEquatable<Shape>
{
    /// <summary>How an unknown dimension is stored.</summary>
    internal const int Unknown = -1;

    private readonly int[] _dims;

    internal Shape(ReadOnlySpan<int> dims) => _dims = dims.ToArray();

    /// <summary>A scalar's shape.</summary>
    public static Shape Scalar { get; } = new([]);

    /// <summary>The number of dimensions.</summary>
    public int Rank => _dims.Length;

    /// <summary>Whether no dimension is unknown.</summary>
    public bool IsKnown => !_dims.Contains(Unknown);

    int IReadOnlyCollection<int?>.Count => _dims.Length;

    /// <summary>The number of elements.</summary>
    /// <exception cref="InvalidOperationException">A dimension is unknown, or there are more elements than a tensor can have.</exception>
    public int Size
    {
        get
        {
            // Not in integers: they would wrap around for shapes that come from files.
            double size = 1;
            foreach (int d in _dims)
            {
                if (d < 0) throw new InvalidOperationException($"The number of elements of shape {this} is not known.");
                size *= d;
            }

            return size <= int.MaxValue ? (int)size : throw new InvalidOperationException($"Shape {this} has more elements than the {int.MaxValue} that a tensor can have.");
        }
    }

    /// <summary>The dimensions, <see cref="Unknown"/> for unknown.</summary>
    internal ReadOnlySpan<int> Dims => _dims;

    /// <summary>A dimension; a negative index counts from the end. Null if it is unknown.</summary>
    public int? this[int index]
    {
        get
        {
            int d = _dims[Axis(index)];
            return d == Unknown ? null : d;
        }
    }

    /// <summary>Builds a shape from its dimensions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative.</exception>
    public static Shape Create(ReadOnlySpan<int?> dims)
    {
        int[] stored = new int[dims.Length];
        for (int i = 0; i < dims.Length; i++)
        {
            if (dims[i] < 0)
                throw new ArgumentOutOfRangeException(nameof(dims), $"Dimension {i} of a shape is {dims[i]}. Dimensions are zero or greater; an unknown one is null.");
            stored[i] = dims[i] ?? Unknown;
        }

        return new Shape(stored);
    }

    /// <summary>The non-negative form of an axis that may count from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int Axis(int axis) => axis >= -Rank && axis < Rank
        ? (axis < 0 ? axis + Rank : axis)
        : throw new ArgumentOutOfRangeException(nameof(axis), $"Axis {axis} is out of range for a tensor of rank {Rank} (shape {this}).");

    /// <summary>Whether a tensor of the other shape can stand where this one is expected: same rank, and no two known dimensions differ.</summary>
    public bool IsCompatibleWith(Shape other)
    {
        if (other.Rank != Rank) return false;
        for (int i = 0; i < Rank; i++)
        {
            if (_dims[i] != other._dims[i] && _dims[i] != Unknown && other._dims[i] != Unknown) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && _dims.AsSpan().SequenceEqual(other._dims);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int d in _dims) hash.Add(d);
        return hash.ToHashCode();
    }

    /// <summary>Compares dimension by dimension; unknown equals unknown.</summary>
    public static bool operator ==(Shape? a, Shape? b) => a is null ? b is null : a.Equals(b);

    /// <summary>Compares dimension by dimension.</summary>
    public static bool operator !=(Shape? a, Shape? b) => !(a == b);

    /// <summary>As Keras prints it: <c>(None, 28, 28, 1)</c>.</summary>
    public override string ToString() => _dims.Length == 1
        ? $"({Name(_dims[0])},)"
        : $"({string.Join(", ", _dims.Select(Name))})";

    /// <inheritdoc/>
    public IEnumerator<int?> GetEnumerator() => _dims.Select(d => d == Unknown ? (int?)null : d).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A shape from an array of dimensions.</summary>
    public static implicit operator Shape(int[] dims)
    {
        ArgumentNullException.ThrowIfNull(dims);
        return Create([.. dims.Select(d => (int?)d)]);
    }

    /// <summary>This shape with one dimension replaced.</summary>
    internal Shape With(int axis, int dim)
    {
        int[] dims = [.. _dims];
        dims[Axis(axis)] = dim;
        return new Shape(dims);
    }

    private static string Name(int d) => d == Unknown ? "None" : d.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
