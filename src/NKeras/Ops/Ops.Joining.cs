using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Joins tensors along an axis.</summary>
    public static Tensor Concatenate(IReadOnlyList<Tensor> xs, int axis = 0) => OpDispatch.CallOnList("Concatenate", xs, t => Joined("Concatenate", t, x => x, axis), ("axis", axis));

    /// <summary>Joins two tensors along an axis, or all their elements as one vector if it is omitted.</summary>
    public static Tensor Append(Tensor x1, Tensor x2, int? axis = null) => OpDispatch.Call("Append", [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        return axis is { } at ? Joined("Append", [a, b], x => x, at) : new Concatenate(0).Apply(Flat(a), Flat(b));
    }, ("axis", axis));

    /// <summary>Joins tensors of one shape along a new axis.</summary>
    /// <param name="x">The tensors.</param>
    /// <param name="axis">Where the new axis goes.</param>
    public static Tensor Stack(IReadOnlyList<Tensor> x, int axis = 0) => OpDispatch.CallOnList("Stack", x, t => Joined("Stack", t, e => ExpandDims(e, axis), axis), ("axis", axis));

    /// <summary>Takes a tensor apart along an axis, which disappears.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="num">The number of parts; needed only where the dimension is unknown.</param>
    /// <param name="axis">The axis.</param>
    /// <exception cref="ArgumentException">The axis has another number of parts, or an unknown one and none is given.</exception>
    public static IReadOnlyList<Tensor> Unstack(Tensor x, int? num = null, int axis = 0) => OpDispatch.CallMany("Unstack", [x], t =>
    {
        int? length = t[0].Shape[axis];
        if ((length ?? num) is not { } count || num < 0 || (num is { } given && given != count))
            throw new ArgumentException($"Unstack: axis {axis} of shape {t[0].Shape} cannot be taken apart into {(num is { } n ? n : "an unknown number of")} parts.", nameof(num));
        return [.. Enumerable.Range(0, count).Select(i => Squeeze(Between(t[0], t[0].Shape.Axis(axis), i, i + 1), axis))];
    }, ("num", num), ("axis", axis));

    /// <summary>Joins tensors side by side: along the second axis, or the only one of vectors.</summary>
    public static Tensor Hstack(IReadOnlyList<Tensor> xs) => OpDispatch.CallOnList("Hstack", xs, t => Joined("Hstack", t, x => AtLeast(x, 1), t.Count > 0 && t[0].Rank > 1 ? 1 : 0));

    /// <summary>Joins tensors one below the other: along the first axis. Vectors are rows.</summary>
    public static Tensor Vstack(IReadOnlyList<Tensor> xs) => OpDispatch.CallOnList("Vstack", xs, t => Joined("Vstack", t, x => x.Rank < 2 ? ExpandDims(AtLeast(x, 1), 0) : x, 0));

    /// <summary>Joins tensors behind each other: along the third axis, which is added to vectors and matrices.</summary>
    public static Tensor Dstack(IReadOnlyList<Tensor> xs) => OpDispatch.CallOnList("Dstack", xs, t =>
        Joined("Dstack", t, x => x.Rank < 3 ? ExpandDims(x.Rank < 2 ? ExpandDims(AtLeast(x, 1), 0) : x, -1) : x, 2));

    /// <summary>Joins tensors side by side: along the second axis. Vectors are columns.</summary>
    /// <exception cref="ArgumentException">A tensor has no axis.</exception>
    public static Tensor ColumnStack(IReadOnlyList<Tensor> xs) => OpDispatch.CallOnList("ColumnStack", xs, t => Joined("ColumnStack", [.. t.Select(Promotion.Narrow)], x => x.Rank switch
    {
        0 => throw new ArgumentException("ColumnStack takes tensors with one axis or more, not scalars.", nameof(xs)),
        1 => ExpandDims(x, -1),
        _ => x,
    }, 1));

    /// <summary>Cuts a tensor into parts along an axis.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="indicesOrSections">The number of equal parts, or a list of the places to cut at.</param>
    /// <param name="axis">The axis.</param>
    /// <exception cref="ArgumentException">The axis cannot be cut into that many equal parts.</exception>
    public static IReadOnlyList<Tensor> Split(Tensor x, Ints indicesOrSections, int axis = 0) => OpDispatch.CallMany("Split", [x], t =>
        Pieces("Split", t[0], indicesOrSections, axis), ("indices_or_sections", indicesOrSections), ("axis", axis));

    /// <summary>Cuts a tensor into a number of parts along an axis, which differ by one element at most.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="indicesOrSections">The number of parts.</param>
    /// <param name="axis">The axis.</param>
    public static IReadOnlyList<Tensor> ArraySplit(Tensor x, int indicesOrSections, int axis = 0) => OpDispatch.CallMany("ArraySplit", [x], t =>
    {
        if (indicesOrSections <= 0) throw new ArgumentOutOfRangeException(nameof(indicesOrSections), $"ArraySplit cuts into one part or more, not {indicesOrSections}.");
        int at = t[0].Shape.Axis(axis), length = t[0].Shape.Dims[at];
        (int size, int longer) = length == Shape.Unknown ? (0, 0) : Math.DivRem(length, indicesOrSections);
        return [.. Enumerable.Range(0, indicesOrSections).Select(i => length == Shape.Unknown
            ? Between(t[0], at, 0, Shape.Unknown)
            : Between(t[0], at, (i * size) + Math.Min(i, longer), ((i + 1) * size) + Math.Min(i + 1, longer)))];
    }, ("indices_or_sections", indicesOrSections), ("axis", axis));

    /// <summary>Cuts a tensor into columns: along the second axis, or the only one of a vector.</summary>
    /// <inheritdoc cref="Split"/>
    public static IReadOnlyList<Tensor> Hsplit(Tensor x, Ints indicesOrSections) => SplitAlong("Hsplit", x, indicesOrSections, 1, rank => rank == 1 ? 0 : 1);

    /// <summary>Cuts a tensor with two or more axes into rows: along the first axis.</summary>
    /// <inheritdoc cref="Split"/>
    public static IReadOnlyList<Tensor> Vsplit(Tensor x, Ints indicesOrSections) => SplitAlong("Vsplit", x, indicesOrSections, 2, _ => 0);

    /// <summary>Cuts a tensor with three or more axes along the third.</summary>
    /// <inheritdoc cref="Split"/>
    public static IReadOnlyList<Tensor> Dsplit(Tensor x, Ints indicesOrSections) => SplitAlong("Dsplit", x, indicesOrSections, 3, _ => 2);

    private static IReadOnlyList<Tensor> SplitAlong(string name, Tensor x, Ints indicesOrSections, int least, Func<int, int> axis) => OpDispatch.CallMany(name, [x], t =>
        t[0].Rank >= least
            ? Pieces(name, Promotion.Narrow(t[0]), indicesOrSections, axis(t[0].Rank))
            : throw new ArgumentException($"{name} takes tensors with {least} axes or more, not one of shape {t[0].Shape}.", nameof(x)), ("indices_or_sections", indicesOrSections));

    private static IReadOnlyList<Tensor> Pieces(string name, Tensor x, Ints indicesOrSections, int axis)
    {
        int at = x.Shape.Axis(axis), length = x.Shape.Dims[at];
        if (!indicesOrSections.IsNumber)
        {
            // While shapes are being inferred, the end is where an unknown dimension ends.
            int?[] bounds = [0, .. indicesOrSections.Select(i => (int?)i), null];
            return [.. bounds.Zip(bounds.Skip(1)).Select(b => length == Shape.Unknown
                ? b is { First: >= 0, Second: { } stop } && stop >= b.First ? Between(x, at, b.First.Value, stop) : Between(x, at, 0, Shape.Unknown)
                : Cut(b.First, b.Second))];
        }

        int parts = indicesOrSections[0];
        if (parts <= 0 || (length != Shape.Unknown && length % parts != 0))
            throw new ArgumentException($"{name}: axis {at} of shape {x.Shape} cannot be cut into {parts} equal parts.", nameof(indicesOrSections));
        int size = length / parts;
        return [.. Enumerable.Range(0, parts).Select(i => length == Shape.Unknown ? Between(x, at, 0, Shape.Unknown) : Between(x, at, i * size, (i + 1) * size))];

        Tensor Cut(int? start, int? stop)
        {
            int from = Bound(start ?? 0), to = Bound(stop ?? length);
            return Between(x, at, from, Math.Max(from, to));
        }

        int Bound(int place) => Math.Clamp(place < 0 ? place + length : place, 0, length);
    }

    /// <summary>The part between two places of an axis.</summary>
    private static Tensor Between(Tensor x, int axis, int start, int stop)
    {
        if (start == 0 && stop == x.Shape.Dims[axis]) return x;
        int[] starts = new int[x.Rank], stops = x.Shape.Dims.ToArray(), steps = [.. Enumerable.Repeat(1, x.Rank)];
        (starts[axis], stops[axis]) = (start, stop);
        return new Slice(new IntList(starts), new IntList(stops), new IntList(steps)).Apply(x);
    }

    private static Tensor AtLeast(Tensor x, int rank) => x.Rank >= rank ? x : PrimitiveOps.Reshape(x, new Shape([.. Enumerable.Repeat(1, rank - x.Rank), .. x.Shape.Dims]));

    private static Tensor Joined(string name, IReadOnlyList<Tensor> tensors, Func<Tensor, Tensor> form, int axis)
    {
        if (tensors.Count == 0) throw new ArgumentException($"{name} needs at least one tensor.");
        // Tensors of one type keep it, 64-bit types too.
        Tensor[] parts = tensors.All(x => x.DType == tensors[0].DType) ? [.. tensors] : Promotion.UnifyAll(tensors);
        parts = [.. parts.Select(form)];
        return new Concatenate(parts[0].Shape.Axis(axis)).Apply(parts);
    }
}
