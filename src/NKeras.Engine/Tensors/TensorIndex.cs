using System.Globalization;

namespace NKeras;

/// <summary>
/// What stands between the brackets of <c>x[…]</c> for one axis: a position (<c>0</c>, <c>-1</c>, <c>^1</c>), a part
/// (<c>1..3</c>, <c>..</c> for all, <see cref="Slice"/> with a step), <see cref="Ellipsis"/>, <see cref="NewAxis"/>, or a tensor
/// of positions or a mask.
/// </summary>
/// <remarks>
/// Several tensors of integers are broadcast together, and pick one element (or part) for each element of theirs, as in NumPy. A
/// tensor of booleans picks where it is true; it stands for as many axes as it has. Positions that are data are checked; those
/// that a compiled function computes give NaN (0 for integers) where they are out of range.
/// </remarks>
/// <example><code>
/// x[0]                                // x[0]        in Python
/// x[.., 1..3, ^1]                     // x[:, 1:3, -1]
/// x[TensorIndex.Ellipsis, 0]          // x[..., 0]
/// x[.., TensorIndex.Slice(step: -1)]  // x[:, ::-1]
/// x[new[] { 0, 2 }, .., indices]      // x[[0, 2], :, indices]
/// x[x > 0]                            // x[x > 0]
/// </code></example>
// Keras: a range that reaches over the end of an axis is cut short, as in Python; C#'s arrays throw.
public readonly record struct TensorIndex
{
    private TensorIndex(TensorIndexKind kind, int? start = null, int? stop = null, int? step = null) => (Kind, Start, Stop, Step) = (kind, start, stop, step);

    private TensorIndex(Tensor tensor) => (Kind, Tensor) = (TensorIndexKind.Tensor, tensor);

    /// <summary>All axes that the other indices leave (Python's <c>...</c>).</summary>
    public static TensorIndex Ellipsis { get; } = new(TensorIndexKind.Ellipsis);

    /// <summary>A new axis of dimension one (Python's <c>None</c>).</summary>
    public static TensorIndex NewAxis { get; } = new(TensorIndexKind.NewAxis);

    internal TensorIndexKind Kind { get; }

    /// <summary>Where a part begins, or the position; negative ones count from the end.</summary>
    internal int? Start { get; }

    /// <summary>Where a part ends; negative ones count from the end.</summary>
    internal int? Stop { get; }

    internal int? Step { get; }

    /// <summary>The positions or the mask.</summary>
    internal Tensor? Tensor { get; }

    /// <summary>The axes that it stands for.</summary>
    internal int Axes => Kind switch
    {
        TensorIndexKind.Ellipsis or TensorIndexKind.NewAxis => 0,
        TensorIndexKind.Tensor when Tensor!.DType == DType.Bool => Tensor.Rank,
        _ => 1,
    };

    /// <summary>Every step-th element of an axis from one position up to another (Python's <c>start:stop:step</c>).</summary>
    /// <param name="start">The first position; negative ones count from the end. The first, or with a negative step the last, if omitted.</param>
    /// <param name="stop">The position that is no longer in; negative ones count from the end. Up to the end, or with a negative step the beginning, if omitted.</param>
    /// <param name="step">The distance of two positions; backwards if negative. One if omitted.</param>
    /// <exception cref="ArgumentException">The step is zero.</exception>
    public static TensorIndex Slice(int? start = null, int? stop = null, int? step = null) => step == 0
        ? throw new ArgumentException("The step of a slice is not zero.", nameof(step))
        : new(TensorIndexKind.Slice, start, stop, step);

    /// <summary>A position; negative ones count from the end.</summary>
    public static implicit operator TensorIndex(int position) => new(TensorIndexKind.Position, position);

    /// <summary>A position, such as <c>^1</c>.</summary>
    public static implicit operator TensorIndex(Index position) => PositionOf(position);

    /// <summary>A part, such as <c>1..3</c>, or <c>..</c> for all of the axis.</summary>
    public static implicit operator TensorIndex(Range range) => new(
        TensorIndexKind.Slice,
        range.Start.Equals(Index.Start) ? null : range.Start.Equals(Index.End) ? int.MaxValue : PositionOf(range.Start),
        range.End.Equals(Index.End) ? null : PositionOf(range.End));

    /// <summary>Positions, if the tensor is of integers; a mask if it is of booleans.</summary>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public static implicit operator TensorIndex(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.DType.Kind is DTypeKind.Signed or DTypeKind.Unsigned or DTypeKind.Bool
            ? new(tensor)
            : throw new ArgumentException($"An index is a tensor of integers or booleans, not {tensor.DType}.", nameof(tensor));
    }

    /// <summary>Positions along an axis; negative ones count from the end.</summary>
    public static implicit operator TensorIndex(int[] positions) => (Tensor)positions;

    /// <summary>A mask: where it is true.</summary>
    public static implicit operator TensorIndex(bool[] mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return Tensor.From(mask);
    }

    /// <summary>The same index with another tensor.</summary>
    internal TensorIndex With(Tensor tensor) => new(tensor);

    /// <summary>As Python writes it; a tensor by its type and shape.</summary>
    public override string ToString() => Kind switch
    {
        TensorIndexKind.Ellipsis => "...",
        TensorIndexKind.NewAxis => "None",
        TensorIndexKind.Tensor => Tensor!.Spec.ToString(),
        TensorIndexKind.Slice => $"{Text(Start)}:{Text(Stop)}{(Step == null ? "" : $":{Text(Step)}")}",
        _ => Text(Start ?? 0),
    };

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    // The place behind the end, ^0, has no negative number; it is out of range as this one is.
    private static int PositionOf(Index index) => !index.IsFromEnd ? index.Value : index.Value == 0 ? int.MaxValue : -index.Value;
}
