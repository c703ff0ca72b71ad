using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The same elements under another shape; one dimension may be -1 or null, which takes what is left.</summary>
    public static Tensor Reshape(Tensor x, TargetShape newshape) => OpDispatch.Call("Reshape", [x], t => PrimitiveOps.Reshape(t[0], newshape.Shape), ("newshape", newshape));

    /// <summary>Reorders the axes (reverses them if omitted).</summary>
    public static Tensor Transpose(Tensor x, Ints? axes = null) => OpDispatch.Call("Transpose", [x], t =>
        PrimitiveOps.Transpose(t[0], axes == null ? [.. Enumerable.Range(0, t[0].Rank).Reverse()] : [.. axes.Select(t[0].Shape.Axis)]), ("axes", axes));

    /// <summary>Inserts dimensions of one at axes of the result.</summary>
    public static Tensor ExpandDims(Tensor x, Ints axis) => OpDispatch.Call("ExpandDims", [x], t =>
    {
        int rank = t[0].Rank + axis.Count;
        int[] places = [.. axis.Select(a => a < 0 ? a + rank : a)];
        if (places.Any(p => p < 0 || p >= rank) || places.Distinct().Count() < places.Length)
            throw new ArgumentOutOfRangeException(nameof(axis), $"Axis {axis} is out of range for expanding a tensor of shape {t[0].Shape}.");
        List<int> dims = [.. t[0].Shape.Dims];
        foreach (int place in places.Order()) dims.Insert(place, 1);
        return PrimitiveOps.Reshape(t[0], new Shape([.. dims]));
    }, ("axis", axis));

    /// <summary>Removes dimensions of one: those given, or all.</summary>
    public static Tensor Squeeze(Tensor x, Ints? axis = null) => OpDispatch.Call("Squeeze", [x], t =>
    {
        int[] remove = axis == null
            ? [.. Enumerable.Range(0, t[0].Rank).Where(i => t[0].Shape.Dims[i] == 1)]
            : Axes(t[0], axis);
        foreach (int i in remove)
        {
            if (t[0].Shape[i] is { } d && d != 1) throw new ArgumentException($"Axis {i} of shape {t[0].Shape} cannot be squeezed: its dimension is {d}, not 1.", nameof(axis));
        }

        return PrimitiveOps.Reshape(t[0], new Shape([.. t[0].Shape.Dims.ToArray().Where((_, i) => !remove.Contains(i))]));
    }, ("axis", axis));

    /// <summary>All elements in one vector, in row-major order.</summary>
    public static Tensor Ravel(Tensor x) => OpDispatch.Call("Ravel", [x], t => Flat(t[0]));

    /// <summary>Exchanges two axes.</summary>
    public static Tensor Swapaxes(Tensor x, int axis1, int axis2) => OpDispatch.Call("Swapaxes", [x], t =>
    {
        int[] order = [.. Enumerable.Range(0, t[0].Rank)];
        (int a, int b) = (t[0].Shape.Axis(axis1), t[0].Shape.Axis(axis2));
        (order[a], order[b]) = (b, a);
        return PrimitiveOps.Transpose(t[0], order);
    }, ("axis1", axis1), ("axis2", axis2));

    /// <summary>Moves axes to new places; the others keep their order.</summary>
    /// <exception cref="ArgumentException">Numbers of sources and destinations differ, or an axis is named twice.</exception>
    public static Tensor Moveaxis(Tensor x, Ints source, Ints destination) => OpDispatch.Call("Moveaxis", [x], t =>
    {
        int[] from = [.. source.Select(t[0].Shape.Axis)], to = [.. destination.Select(t[0].Shape.Axis)];
        if (from.Length != to.Length || from.Distinct().Count() < from.Length || to.Distinct().Count() < to.Length)
            throw new ArgumentException($"Moveaxis takes as many sources as destinations, all of them different axes; received {source} and {destination} for shape {t[0].Shape}.");
        List<int> order = [.. Enumerable.Range(0, t[0].Rank).Except(from)];
        foreach ((int place, int axis) in to.Zip(from).OrderBy(p => p.First)) order.Insert(place, axis);
        return PrimitiveOps.Transpose(t[0], [.. order]);
    }, ("source", source), ("destination", destination));

    /// <summary>Stretches a tensor to a shape by broadcasting.</summary>
    public static Tensor BroadcastTo(Tensor x, Shape shape) => OpDispatch.Call("BroadcastTo", [x], t => PrimitiveOps.BroadcastTo(t[0], shape), ("shape", shape));

    /// <summary>The input itself, through which no gradient flows.</summary>
    public static Tensor StopGradient(Tensor variable) => OpDispatch.Call("StopGradient", [variable], t => new StopGradient().Apply(t[0]));

    /// <summary>The tensor itself, or converted to a type.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="dtype">The type; that of <paramref name="x"/> if omitted.</param>
    /// <param name="sparse">False makes a dense tensor of a sparse one. A dense one is never made sparse.</param>
    /// <param name="ragged">False makes a dense tensor of a ragged one. A dense one is never made ragged.</param>
    public static Tensor ConvertToTensor(Tensor x, DType? dtype = null, bool? sparse = null, bool? ragged = null) => OpDispatch.Call("ConvertToTensor", [x], t =>
    {
        Tensor kept = (t[0] is SparseTensor && sparse == false) || (t[0] is RaggedTensor && ragged == false) ? CompositeRules.Dense(t[0]) : t[0];
        return dtype == null ? kept : Cast(kept, dtype);
    }, ("dtype", dtype), ("sparse", sparse), ("ragged", ragged));
}
