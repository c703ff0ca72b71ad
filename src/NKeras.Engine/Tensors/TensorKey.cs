using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine;

/// <summary>The indices between the brackets of <c>x[…]</c>, and what they pick.</summary>
/// <param name="Indices">One for each axis; axes that are left over stay whole.</param>
internal sealed record TensorKey(IReadOnlyList<TensorIndex> Indices)
{
    /// <summary>The tensors among the indices.</summary>
    public IEnumerable<Tensor> Tensors => Indices.Where(i => i.Kind == TensorIndexKind.Tensor).Select(i => i.Tensor!);

    /// <summary>The same key with other tensors.</summary>
    public TensorKey Select(Func<Tensor, Tensor?> map) =>
        new([.. Indices.Select(i => i.Kind == TensorIndexKind.Tensor && map(i.Tensor!) is { } tensor ? i.With(tensor) : i)]);

    /// <summary>The elements of a tensor, data or traced, that the key picks. Dimensions may be unknown.</summary>
    /// <exception cref="ArgumentException">There are more indices than axes, a position is not in its axis, or tensors do not fit.</exception>
    public Tensor Apply(Tensor x)
    {
        List<TensorIndex> indices = Complete(x.Shape);
        return indices.Any(i => i.Kind == TensorIndexKind.Tensor) ? Pick(x, indices) : Part(x, indices);
    }

    /// <summary>As Python writes it.</summary>
    public override string ToString() => string.Join(", ", Indices);

    /// <summary>NumPy's basic indexing: positions, parts and new axes.</summary>
    private Tensor Part(Tensor x, List<TensorIndex> indices)
    {
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
                backwards.Add((axis, Steps(starts[axis], stops[axis], steps[axis])));
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

    /// <summary>NumPy's advanced indexing: tensors and positions are broadcast together, and replace the axes that they stand for.</summary>
    private Tensor Pick(Tensor x, List<TensorIndex> indices)
    {
        List<TensorIndex> parts = [];
        List<Tensor> positions = [], lines = [];
        List<int> axes = [];
        int axis = 0, place = 0;
        foreach (TensorIndex index in indices)
        {
            if (!IsPick(index))
            {
                parts.Add(index);
                axis += index.Axes;
                continue;
            }

            if (positions.Count + lines.Count == 0) place = parts.Count;
            if (index is { Kind: TensorIndexKind.Tensor, Tensor: { Rank: 0 } flag } && flag.DType == DType.Bool)
            {
                lines.Add(Line(flag));
                continue;
            }

            Tensor[] here = index.Kind == TensorIndexKind.Position ? [Tensor.From([At(index.Start ?? 0, axis, x.Shape).Start], Shape.Scalar)]
                : index.Tensor!.DType == DType.Bool ? Chosen(index.Tensor, axis, x.Shape)
                : [Positions.Of(index.Tensor, axis, x.Shape, $"x[{this}]")];
            axes.AddRange(Enumerable.Range(parts.Count, here.Length));
            parts.AddRange(Enumerable.Repeat(TensorIndex.Slice(), here.Length));
            positions.AddRange(here);
            axis += here.Length;
        }

        Tensor rest = Part(x, parts);
        if (!PicksAreNeighbours())
        {
            rest = PrimitiveOps.Transpose(rest, [.. axes, .. Enumerable.Range(0, rest.Rank).Except(axes)]);
            place = 0;
        }

        int[] dims = rest.Shape.Dims.ToArray();
        int[] lengths = dims[place..(place + axes.Count)];
        Tensor linear = positions.Count > 0 ? Positions.Linear(positions, lengths) : Tensor.From([0], Shape.Scalar);
        foreach (Tensor line in lines) linear = PrimitiveOps.Binary(ElementwiseFunction.Add, linear, line);
        int all = lengths.Contains(Shape.Unknown) ? Shape.Unknown : lengths.Aggregate(1, (a, b) => a * b);
        Tensor rows = PrimitiveOps.Reshape(rest, new Shape([.. dims[..place], all, .. dims[(place + axes.Count)..]]));
        return new Gather(place).Apply(rows, linear);
    }

    private static bool IsPick(TensorIndex index) => index.Kind is TensorIndexKind.Tensor or TensorIndexKind.Position;

    /// <summary>Whether no part, ellipsis or new axis stands between tensors and positions: where one does, their axes come first.</summary>
    private bool PicksAreNeighbours()
    {
        int first = 0, last = Indices.Count - 1;
        while (!IsPick(Indices[first])) first++;
        while (!IsPick(Indices[last])) last--;
        return Indices.Skip(first).Take(last - first).All(IsPick);
    }

    /// <summary>The positions, along each of its axes, at which a mask is true.</summary>
    private Tensor[] Chosen(Tensor mask, int axis, Shape shape)
    {
        for (int i = 0; i < mask.Rank; i++)
        {
            (int m, int d) = (mask.Shape.Dims[i], shape.Dims[axis + i]);
            if (m != d && m != Shape.Unknown && d != Shape.Unknown)
                throw new ArgumentException($"x[{this}]: a mask of shape {mask.Shape} does not fit axis {axis + i} of a tensor of shape {shape}, which has {d} elements there.");
        }

        if (mask is ConcreteTensor data) return Positions.OfNonzero(data);
        Tensor some = Trace.Undetermined($"x[{this}]", mask, new TensorSpec(new Shape([Shape.Unknown]), DType.Int32));
        return [.. Enumerable.Repeat(some, mask.Rank)];
    }

    /// <summary>What a mask without axes adds: an axis of length one if it is true, and zero if not.</summary>
    private Tensor Line(Tensor flag) => flag is ConcreteTensor data
        ? Tensor.From(new int[ElementView.Of(data).Long(0)])
        : Trace.Undetermined($"x[{this}]", flag, new TensorSpec(new Shape([Shape.Unknown]), DType.Int32));

    /// <summary>One index for each axis, and the new axes.</summary>
    private List<TensorIndex> Complete(Shape shape)
    {
        List<TensorIndex> indices = [.. Indices];
        int ellipses = indices.Count(i => i.Kind == TensorIndexKind.Ellipsis), given = indices.Sum(i => i.Axes);
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

    private static int[] Steps(int start, int stop, int step)
    {
        List<int> positions = [];
        for (long i = start; i > stop; i += step) positions.Add((int)i);
        return [.. positions];
    }
}
