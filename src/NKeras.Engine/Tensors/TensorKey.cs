using NKeras.Engine.Primitives;

namespace NKeras.Engine;

/// <summary>The indices between the brackets of <c>x[…]</c>, and what they pick.</summary>
/// <param name="Indices">One for each axis; axes that are left over stay whole.</param>
internal sealed record TensorKey(IReadOnlyList<TensorIndex> Indices)
{
    /// <summary>The elements of a tensor, data or traced, that the key picks. Dimensions may be unknown.</summary>
    /// <exception cref="ArgumentException">There are more indices than axes, or a position is not in its axis.</exception>
    public Tensor Apply(Tensor x)
    {
        List<TensorIndex> indices = Complete(x.Shape);
        int rank = x.Rank;
        int[] starts = new int[rank], stops = new int[rank], steps = new int[rank];
        List<(int Axis, int[] Positions)> backwards = [];
        List<int> kept = [];
        int axis = 0;
        foreach (TensorIndex index in indices)
        {
            if (index.Kind == TensorIndexKind.NewAxis)
            {
                kept.Add(-1);
                continue;
            }

            (starts[axis], stops[axis], steps[axis]) = index.Kind == TensorIndexKind.Position ? At(index.Start ?? 0, axis, x.Shape) : Part(index, x.Shape.Dims[axis]);
            if (steps[axis] < 0)
            {
                backwards.Add((axis, Positions(starts[axis], stops[axis], steps[axis])));
                (starts[axis], stops[axis], steps[axis]) = (0, x.Shape.Dims[axis], 1);
            }

            if (index.Kind == TensorIndexKind.Slice) kept.Add(axis);
            axis++;
        }

        bool all = x.Shape.Dims.SequenceEqual(stops) && starts.All(s => s == 0) && steps.All(s => s == 1);
        Tensor picked = all ? x : new Slice(new IntList(starts), new IntList(stops), new IntList(steps)).Apply(x);
        foreach ((int along, int[] positions) in backwards) picked = new Gather(along).Apply(picked, Tensor.From(positions));
        Shape shape = picked.Shape;
        return PrimitiveOps.Reshape(picked, new Shape([.. kept.Select(a => a < 0 ? 1 : shape.Dims[a])]));
    }

    /// <summary>As Python writes it.</summary>
    public override string ToString() => string.Join(", ", Indices);

    /// <summary>One index for each axis, and the new axes.</summary>
    private List<TensorIndex> Complete(Shape shape)
    {
        List<TensorIndex> indices = [.. Indices];
        int ellipses = indices.Count(i => i.Kind == TensorIndexKind.Ellipsis), given = indices.Count(i => i.Kind is TensorIndexKind.Position or TensorIndexKind.Slice);
        if (ellipses > 1) throw new ArgumentException($"x[{this}]: only one index can be an ellipsis.");
        if (given > shape.Rank) throw new ArgumentException($"x[{this}]: {given} indices are too many for a tensor of shape {shape}, which has {shape.Rank} axes.");
        int at = ellipses == 0 ? indices.Count : indices.IndexOf(TensorIndex.Ellipsis);
        if (ellipses == 1) indices.RemoveAt(at);
        indices.InsertRange(at, Enumerable.Repeat(TensorIndex.Slice(), shape.Rank - given));
        return indices;
    }

    private (int Start, int Stop, int Step) At(int position, int axis, Shape shape)
    {
        int length = shape.Dims[axis];
        // While shapes are being inferred any position will do.
        if (length == Shape.Unknown) return (0, 1, 1);
        int from = position < 0 ? position + length : position;
        if (from < 0 || from >= length)
            throw new ArgumentException($"x[{this}]: position {position} is out of range for axis {axis} of a tensor of shape {shape}, which has {length} elements there.");
        return (from, from + 1, 1);
    }

    /// <summary>Python's rule: bounds count from the end if negative, and are brought into the axis.</summary>
    private static (int Start, int Stop, int Step) Part(TensorIndex index, int length)
    {
        if (length == Shape.Unknown) return (0, Shape.Unknown, 1);
        int step = Math.Min(index.Step ?? 1, Math.Max(1, length));
        int least = step < 0 ? -1 : 0, most = step < 0 ? length - 1 : length;
        int start = index.Start is { } first ? Inside(first) : step < 0 ? most : least;
        int stop = index.Stop is { } end ? Inside(end) : step < 0 ? least : most;
        return (start, step < 0 ? stop : Math.Max(start, stop), step);

        int Inside(int bound) => Math.Clamp(bound < 0 ? bound + length : bound, least, most);
    }

    private static int[] Positions(int start, int stop, int step)
    {
        List<int> positions = [];
        for (long i = start; i > stop; i += step) positions.Add((int)i);
        return [.. positions];
    }
}
