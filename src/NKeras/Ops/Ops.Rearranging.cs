using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Repeats a whole tensor along its axes; new ones come first if there are more repeats than axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="repeats">How often along each axis; of the last ones if there are fewer.</param>
    public static Tensor Tile(Tensor x, Ints repeats) => OpDispatch.Call("Tile", [x], t =>
    {
        if (repeats.Any(r => r < 0)) throw new ArgumentOutOfRangeException(nameof(repeats), $"Tile: repeats are not negative; received {repeats}.");
        int rank = Math.Max(t[0].Rank, repeats.Count);
        int[] dims = [.. Enumerable.Repeat(1, rank - t[0].Rank), .. t[0].Shape.Dims];
        int[] times = [.. Enumerable.Repeat(1, rank - repeats.Count), .. repeats];
        List<int> apart = [], spread = [];
        for (int i = 0; i < rank; i++)
        {
            if (times[i] != 1)
            {
                apart.Add(1);
                spread.Add(times[i]);
            }

            apart.Add(dims[i]);
            spread.Add(dims[i]);
        }

        Tensor copies = PrimitiveOps.BroadcastTo(PrimitiveOps.Reshape(t[0], new Shape([.. apart])), new Shape([.. spread]));
        return PrimitiveOps.Reshape(copies, new Shape([.. dims.Zip(times, Times)]));
    }, ("repeats", repeats));

    /// <summary>Repeats each element, or each slice along an axis, in place.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="repeats">How often: one number for all, or a number for each.</param>
    /// <param name="axis">The axis; the tensor is flattened if omitted.</param>
    /// <exception cref="ArgumentException">There are other than one number or one for each.</exception>
    public static Tensor Repeat(Tensor x, Ints repeats, int? axis = null) => OpDispatch.Call("Repeat", [x], t =>
    {
        Tensor from = axis == null ? Flat(t[0]) : t[0];
        int at = from.Shape.Axis(axis ?? 0), length = from.Shape.Dims[at];
        if (repeats.Any(r => r < 0)) throw new ArgumentOutOfRangeException(nameof(repeats), $"Repeat: repeats are not negative; received {repeats}.");
        if (repeats.Count != 1)
        {
            if (length == Shape.Unknown) return from;
            if (repeats.Count != length) throw new ArgumentException($"Repeat: {repeats.Count} repeats do not fit axis {at} of shape {from.Shape}, which has {length} elements.", nameof(repeats));
            return new Gather(at).Apply(from, Tensor.From<int>([.. repeats.SelectMany((times, i) => Enumerable.Repeat(i, times))]));
        }

        ReadOnlySpan<int> before = from.Shape.Dims[..(at + 1)], after = from.Shape.Dims[(at + 1)..];
        Tensor copies = PrimitiveOps.BroadcastTo(PrimitiveOps.Reshape(from, new Shape([.. before, 1, .. after])), new Shape([.. before, repeats[0], .. after]));
        return PrimitiveOps.Reshape(copies, from.Shape.With(at, Times(length, repeats[0])));
    }, ("repeats", repeats), ("axis", axis));

    /// <summary>Reverses the order of elements along axes (all if omitted).</summary>
    public static Tensor Flip(Tensor x, Ints? axis = null) => OpDispatch.Call("Flip", [x], t => Reversed(t[0], Axes(t[0], axis)), ("axis", axis));

    /// <summary>Reverses the order of columns: along the second axis.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Tensor Fliplr(Tensor x) => OpDispatch.Call("Fliplr", [x], t => t[0].Rank > 1
        ? Reversed(t[0], [1])
        : throw new ArgumentException($"Fliplr takes a tensor with two axes or more, not one of shape {t[0].Shape}.", nameof(x)));

    /// <summary>Reverses the order of rows: along the first axis.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Tensor Flipud(Tensor x) => OpDispatch.Call("Flipud", [x], t => t[0].Rank > 0
        ? Reversed(t[0], [0])
        : throw new ArgumentException("Flipud takes a tensor with one axis or more, not a scalar.", nameof(x)));

    /// <summary>Moves elements along axes; what goes over the end comes in at the beginning.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="shift">By how many places: one number, or one for each axis; backwards if negative.</param>
    /// <param name="axis">The axes; the tensor is flattened for the while if omitted.</param>
    /// <exception cref="ArgumentException">Numbers of shifts and axes do not fit.</exception>
    public static Tensor Roll(Tensor x, Ints shift, Ints? axis = null) => OpDispatch.Call("Roll", [x], t =>
    {
        if (axis == null) return PrimitiveOps.Reshape(Rolled(Flat(t[0]), 0, shift.Sum(s => (long)s)), t[0].Shape);
        if (shift.Count != axis.Count && shift.Count != 1 && axis.Count != 1)
            throw new ArgumentException($"Roll: shifts {shift} do not fit axes {axis}.", nameof(shift));
        Tensor rolled = t[0];
        for (int i = 0; i < Math.Max(shift.Count, axis.Count); i++)
            rolled = Rolled(rolled, rolled.Shape.Axis(axis[axis.Count == 1 ? 0 : i]), shift[shift.Count == 1 ? 0 : i]);
        return rolled;
    }, ("shift", shift), ("axis", axis));

    /// <summary>Turns a tensor by quarters in the plane of two axes, from the first towards the second.</summary>
    /// <param name="array">The tensor.</param>
    /// <param name="k">The number of quarters; the other way if negative.</param>
    /// <param name="axes">The axes; the first two if omitted.</param>
    /// <exception cref="ArgumentException">There are not two different axes.</exception>
    public static Tensor Rot90(Tensor array, int k = 1, Ints? axes = null)
    {
        Ints plane = axes ?? (0, 1);
        return OpDispatch.Call("Rot90", [array], t =>
        {
            if (t[0].Rank < 2) throw new ArgumentException($"Rot90 takes a tensor with two axes or more, not one of shape {t[0].Shape}.", nameof(array));
            int[] two = [.. plane.Select(t[0].Shape.Axis)];
            if (two.Length != 2 || two[0] == two[1]) throw new ArgumentException($"Rot90 turns in the plane of two different axes, not {plane}.", nameof(axes));
            int[] order = [.. Enumerable.Range(0, t[0].Rank)];
            (order[two[0]], order[two[1]]) = (two[1], two[0]);
            return (k & 3) switch
            {
                0 => t[0],
                1 => PrimitiveOps.Transpose(Reversed(t[0], [two[1]]), order),
                2 => Reversed(t[0], two),
                _ => Reversed(PrimitiveOps.Transpose(t[0], order), [two[1]]),
            };
        }, ("k", k), ("axes", plane));
    }

    private static int Times(int dim, int times) => dim == Shape.Unknown ? dim
        : dim * (long)times <= int.MaxValue ? dim * times
        : throw new ArgumentException($"A dimension of {dim} repeated {times} times is longer than a tensor can be.");

    private static Tensor Reversed(Tensor x, int[] axes)
    {
        foreach (int axis in axes)
        {
            int length = x.Shape.Dims[axis];
            // An unknown dimension, while shapes are being inferred, stays as it is.
            if (length > 1) x = new Gather(axis).Apply(x, Tensor.From<int>([.. Enumerable.Range(0, length).Reverse()]));
        }

        return x;
    }

    private static Tensor Rolled(Tensor x, int axis, long shift)
    {
        int length = x.Shape.Dims[axis];
        if (length <= 0) return x;
        int start = (int)((((-shift) % length) + length) % length);
        return start == 0 ? x : new Concatenate(axis).Apply(Between(x, axis, start, length), Between(x, axis, 0, start));
    }
}
