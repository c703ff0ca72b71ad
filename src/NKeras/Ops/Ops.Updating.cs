using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>A tensor of zeros to which slices are added at places.</summary>
    /// <param name="indices">The places: integers, (…, n), for the first n axes of the result.</param>
    /// <param name="values">The slices: (…, what is left of <paramref name="shape"/>).</param>
    /// <param name="shape">The dimensions of the result.</param>
    /// <remarks>Values for one place add up. Places out of range that a compiled function computes are left out.</remarks>
    /// <exception cref="ArgumentException">Shapes do not fit, or a place that is data is out of range.</exception>
    public static Tensor Scatter(Tensor indices, Tensor values, Shape shape) => OpDispatch.Call("Scatter", [indices, values], t =>
    {
        if (IsOpen(t[0])) return Engine.Graphs.Trace.Undetermined("Scatter", t[0], new TensorSpec(shape, t[1].DType));
        Places places = Places.Of("Scatter", t[0], shape);
        return places.Restored(new ScatterAdd(0, places.Rows).Apply(places.Linear, places.Slices(Promotion.Narrow(t[1]))));
    }, ("shape", shape));

    /// <summary>A tensor with slices brought in at places.</summary>
    /// <param name="inputs">The tensor.</param>
    /// <param name="indices">The places: integers, (…, n), for the first n axes of <paramref name="inputs"/>.</param>
    /// <param name="updates">The slices, or what can be broadcast to them.</param>
    /// <param name="reduction">What is done with the old and the new: null takes the new, or <c>add</c>, <c>max</c>, <c>min</c>, <c>mul</c>.</param>
    /// <remarks>Several slices for one place follow one another. Places out of range that a compiled function computes are left out.</remarks>
    /// <exception cref="ArgumentException">Shapes do not fit, a place that is data is out of range, or there is no such reduction.</exception>
    public static Tensor ScatterUpdate(Tensor inputs, Tensor indices, Tensor updates, string? reduction = null)
    {
        string? kind = reduction?.ToLowerInvariant();
        if (kind is not (null or "add" or "max" or "min" or "mul"))
            throw new ArgumentException($"ScatterUpdate: there is no reduction '{reduction}'; it is null, 'add', 'max', 'min' or 'mul'.", nameof(reduction));
        return OpDispatch.Call("ScatterUpdate", [inputs, indices, updates], t =>
        {
            if (IsOpen(t[1])) return t[0];
            Places places = Places.Of("ScatterUpdate", t[1], t[0].Shape);
            Tensor rows = places.Flattened(t[0]), slices = places.Slices(Promotion.As(t[2], t[0].DType));
            return places.Restored(kind switch
            {
                "add" => PrimitiveOps.Binary(ElementwiseFunction.Add, rows, new ScatterAdd(0, places.Rows).Apply(places.Linear, slices)),
                "max" => new Scatter(ScatterMode.Max, 0).Apply(rows, places.Linear, slices),
                "min" => new Scatter(ScatterMode.Min, 0).Apply(rows, places.Linear, slices),
                "mul" => new Scatter(ScatterMode.Multiply, 0).Apply(rows, places.Linear, slices),
                _ => new Scatter(ScatterMode.Set, 0).Apply(rows, places.Linear, slices),
            });
        }, ("reduction", kind));
    }

    /// <summary>A part of a tensor of a fixed shape, which may begin at places that are computed.</summary>
    /// <param name="inputs">The tensor.</param>
    /// <param name="startIndices">Where the part begins along each axis: numbers, or integer tensors.</param>
    /// <param name="shape">The dimensions of the part; -1 for what is left of an axis.</param>
    /// <remarks>Places that a compiled function computes are moved so that the part lies inside the tensor, as in JAX.</remarks>
    /// <exception cref="ArgumentException">Numbers of axes differ, or the part would reach out of the tensor.</exception>
    public static Tensor Slice(Tensor inputs, StartIndices startIndices, Ints shape) => OpDispatch.CallWith("Slice", StartCall(inputs, startIndices), c =>
    {
        (Tensor from, Tensor[] starts) = StartsOf("Slice", c, shape.Count);
        for (int axis = 0; axis < starts.Length; axis++) from = Part(from, axis, starts[axis], shape[axis], "Slice");
        return from;
    }, ("shape", shape));

    /// <summary>A tensor with a part replaced, which may begin at places that are computed.</summary>
    /// <param name="inputs">The tensor.</param>
    /// <param name="startIndices">Where the part begins along each axis: numbers, or integer tensors.</param>
    /// <param name="updates">The new part, with as many axes.</param>
    /// <remarks>Places that a compiled function computes are moved so that the part lies inside the tensor, as in JAX.</remarks>
    /// <exception cref="ArgumentException">Numbers of axes differ, or the part would reach out of the tensor.</exception>
    public static Tensor SliceUpdate(Tensor inputs, StartIndices startIndices, Tensor updates) => OpDispatch.CallWith("SliceUpdate", StartCall(inputs, startIndices, updates), c =>
    {
        Tensor part = (Tensor)c.Positional[2]!;
        (Tensor from, Tensor[] starts) = StartsOf("SliceUpdate", c, part.Rank);
        return Updated(from, starts, Promotion.As(part, from.DType), 0);
    });

    /// <summary>Whether it is not known, while shapes are being inferred, how many axes indices are for.</summary>
    private static bool IsOpen(Tensor indices) => indices.Rank > 0 && indices.Shape[-1] == null;

    private static CallArguments StartCall(Tensor inputs, StartIndices startIndices, params Tensor[] others)
    {
        ArgumentNullException.ThrowIfNull(startIndices);
        return new([inputs, startIndices.Vector ?? (object)Tensors.Create([.. startIndices]), .. others]);
    }

    private static (Tensor From, Tensor[] Starts) StartsOf(string name, CallArguments call, int axes)
    {
        Tensor from = (Tensor)call.Positional[0]!;
        Tensor[] starts = call.Positional[1] is Tensor vector ? StartIndices.Items(vector, vector.Shape.Dims[0]) : [.. (Tensors)call.Positional[1]!];
        if (starts.Length != from.Rank || axes != from.Rank)
            throw new ArgumentException($"{name}: {starts.Length} start indices and a part with {axes} axes do not fit a tensor of shape {from.Shape}.");
        if (starts.FirstOrDefault(s => s.Rank != 0 || s.DType.IsFloating) is { } wrong) throw new ArgumentException($"{name}: a start index is a whole number, not a tensor of {wrong.Spec}.");
        return (from, starts);
    }

    /// <summary>A part of an axis that begins at a number.</summary>
    private static Tensor Part(Tensor x, int axis, Tensor start, int length, string name)
    {
        int whole = x.Shape.Dims[axis];
        if (length < -1) throw new ArgumentOutOfRangeException(nameof(length), $"{name}: {length} is no length of an axis.");
        if (start is ConcreteTensor)
        {
            int from = checked((int)NumberOf(name, start));
            if (whole == Shape.Unknown) return length == -1 ? x : Between(x, axis, 0, length);
            if (length == -1) length = whole - from;
            if (from < 0 || length < 0 || from > whole - length)
                throw new ArgumentOutOfRangeException(nameof(start), $"{name}: {length} elements from {from} on reach out of axis {axis} of shape {x.Shape}.");
            return Between(x, axis, from, from + length);
        }

        if (length == -1 || whole == Shape.Unknown)
        {
            return Engine.Graphs.Trace.Current is { OnlyInfers: true }
                ? length == -1 ? Engine.Graphs.Trace.Undetermined(name, start, x.Spec with { Shape = x.Shape.With(axis, Shape.Unknown) }) : Between(x, axis, 0, length)
                : throw new InvalidOperationException($"{name}: the length of axis {axis} is left open, and depends on a start that is being computed. Give a length.");
        }

        return new Gather(axis).Apply(x, PlacesFrom(start, whole, length, axis, x.Shape, name));
    }

    private static Tensor Updated(Tensor x, Tensor[] starts, Tensor updates, int axis)
    {
        if (axis == x.Rank) return updates;
        int whole = x.Shape.Dims[axis], length = updates.Shape.Dims[axis];
        if (whole == Shape.Unknown || length == Shape.Unknown) return x;
        Tensor inner = Updated(Part(x, axis, starts[axis], length, "SliceUpdate"), starts, updates, axis + 1);
        if (starts[axis] is not ConcreteTensor) return new Scatter(ScatterMode.Set, axis).Apply(x, PlacesFrom(starts[axis], whole, length, axis, x.Shape, "SliceUpdate"), inner);
        int from = (int)NumberOf("SliceUpdate", starts[axis]);
        return length == whole ? inner : new Concatenate(axis).Apply(Between(x, axis, 0, from), inner, Between(x, axis, from + length, whole));
    }

    /// <summary>The positions of a part whose start is computed, moved into the axis.</summary>
    private static Tensor PlacesFrom(Tensor start, int whole, int length, int axis, Shape shape, string name)
    {
        if (length > whole) throw new ArgumentOutOfRangeException(nameof(length), $"{name}: {length} elements are more than axis {axis} of shape {shape} has.");
        Tensor wide = start.DType.Size < 4 || start.DType == DType.UInt32 ? PrimitiveOps.Convert(start, DType.Int64) : start;
        Tensor inside = new Elementwise(ElementwiseFunction.Clip).Apply(wide, PrimitiveOps.ScalarLike(wide, 0), PrimitiveOps.ScalarLike(wide, whole - length));
        return PrimitiveOps.Binary(ElementwiseFunction.Add, PrimitiveOps.Convert(inside, DType.Int32), Counting(length));
    }

    /// <summary>Places for the first axes of a tensor, seen as rows of one axis.</summary>
    private sealed record Places(Tensor Linear, int Rows, Shape Whole, Shape Row)
    {
        public static Places Of(string name, Tensor indices, Shape shape)
        {
            if (indices.Rank == 0 || indices.Shape[-1] is not { } axes || axes > shape.Rank || axes == 0)
                throw new ArgumentException($"{name}: indices of shape {indices.Shape} do not end in an axis with a number for each of the first axes of shape {shape}.", nameof(indices));
            ReadOnlySpan<int> lengths = shape.Dims[..axes];
            int count = indices.Shape.IsKnown ? indices.Shape.Size / axes : Shape.Unknown;
            Tensor flat = PrimitiveOps.Reshape(indices, new Shape([count, axes]));
            Tensor[] positions = [.. Enumerable.Range(0, axes).Select(i => Positions.Of(PrimitiveOps.Reshape(Between(flat, 1, i, i + 1), new Shape([count])), i, shape, name))];
            int rows = 1;
            foreach (int length in lengths) rows = length == Shape.Unknown || rows == Shape.Unknown ? Shape.Unknown : rows * length;
            return new(Positions.Linear(positions, lengths), rows, shape, new Shape(shape.Dims[axes..]));
        }

        public Tensor Flattened(Tensor x) => PrimitiveOps.Reshape(x, new Shape([Rows, .. Row.Dims]));

        public Tensor Restored(Tensor x) => PrimitiveOps.Reshape(x, Whole);

        /// <summary>A slice for each place.</summary>
        public Tensor Slices(Tensor values)
        {
            int count = Linear.Shape.Dims[0];
            Shape wanted = new([count, .. Row.Dims]);
            return values.Rank > wanted.Rank || (values.Shape.IsKnown && wanted.IsKnown && values.Shape.Size == wanted.Size)
                ? PrimitiveOps.Reshape(values, wanted)
                : PrimitiveOps.BroadcastTo(values, wanted);
        }
    }
}
