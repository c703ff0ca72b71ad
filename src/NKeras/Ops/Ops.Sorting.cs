using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The elements along an axis in ascending order, NaN last.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis; null flattens the tensor.</param>
    public static Tensor Sort(Tensor x, int? axis = -1) => OpDispatch.Call("Sort", [x], t => SortedAlong(t[0], axis, 0), ("axis", axis));

    /// <summary>The positions of the elements along an axis in ascending order, as int32; equal elements keep their order, and NaN is last.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis; null flattens the tensor.</param>
    public static Tensor Argsort(Tensor x, int? axis = -1) => OpDispatch.Call("Argsort", [x], t => SortedAlong(t[0], axis, 1), ("axis", axis));

    /// <summary>Positions along an axis, as int32, such that the one at place <paramref name="kth"/> is where it is in sorted order, those before are of lesser or equal elements, and those behind of greater or equal ones.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="kth">The place; a negative one counts from the end.</param>
    /// <param name="axis">The axis; null flattens the tensor.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    // Keras: leaves open in which order the positions on either side are; here they are sorted.
    public static Tensor Argpartition(Tensor x, int kth, int? axis = -1) => OpDispatch.Call("Argpartition", [x], t =>
    {
        Tensor positions = SortedAlong(t[0], axis, 1);
        if (positions.Shape[axis ?? 0] is { } length && (kth >= length || kth < -length))
            throw new ArgumentOutOfRangeException(nameof(kth), $"Argpartition: there is no place {kth} among {length} elements (shape {t[0].Shape}, axis {axis?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}).");
        return positions;
    }, ("kth", kth), ("axis", axis));

    /// <summary>The greatest elements along the last axis, in descending order, and their positions as int64.</summary>
    /// <param name="x">The tensor. NaN counts as greater than any number.</param>
    /// <param name="k">How many.</param>
    /// <param name="sorted">Whether the order matters; they are sorted in any case.</param>
    /// <param name="isStable">Whether equal elements keep their order; they do in any case.</param>
    /// <exception cref="ArgumentException">The axis has fewer elements, or there is none.</exception>
    // Keras: its symbolic results have int32 positions, and what NumPy and PyTorch compute has int64. Here both are the latter.
    public static (Tensor Values, Tensor Indices) TopK(Tensor x, int k, bool sorted = true, bool isStable = true)
    {
        IReadOnlyList<Tensor> found = OpDispatch.CallMany("TopK", [x], t =>
        {
            ArgumentOutOfRangeException.ThrowIfNegative(k);
            if (t[0].Rank == 0 || t[0].Shape[-1] < k) throw new ArgumentException($"TopK: the last axis of shape {t[0].Shape} does not have {k} elements.", nameof(k));
            int last = t[0].Rank - 1;
            Tensor[] ordered = new Sort(Descending: true).ApplyAll(t[0]);
            return [RangeOf(ordered[0], last, 0, k), PrimitiveOps.Convert(RangeOf(ordered[1], last, 0, k), DType.Int64)];
        }, ("k", k), ("sorted", sorted), ("is_stable", isStable));
        return (found[0], found[1]);
    }

    private static Tensor SortedAlong(Tensor x, int? axis, int result)
    {
        Tensor values = axis == null || x.Rank == 0 ? Flat(x) : x;
        if (x.Rank == 0 && axis is { } none and not (0 or -1)) x.Shape.Axis(none);
        int along = values.Shape.Axis(axis ?? 0), last = values.Rank - 1;
        int[] permutation = [.. Enumerable.Range(0, values.Rank)];
        (permutation[along], permutation[last]) = (last, along);
        if (along == last) return Back(new Sort(Descending: false).ApplyAll(values)[result]);
        // Exchanging two axes twice leaves them as they were.
        return PrimitiveOps.Transpose(new Sort(Descending: false).ApplyAll(PrimitiveOps.Transpose(values, permutation))[result], permutation);

        Tensor Back(Tensor sorted) => axis == null ? sorted : PrimitiveOps.Reshape(sorted, x.Shape);
    }
}
