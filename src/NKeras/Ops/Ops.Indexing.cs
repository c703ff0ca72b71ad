using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>A part of a tensor: the same as <c>x[key]</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="key">One index for each axis; axes that are left over stay whole.</param>
    /// <exception cref="ArgumentException">There are more indices than axes, a position is out of range, or tensors do not fit each other.</exception>
    public static Tensor GetItem(Tensor x, params TensorIndex[] key)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x[key];
    }

    // Keras: a Python list of positions stays one in configurations; here positions are data, and are written as a tensor.
    /// <summary>Slices along an axis (of the flattened tensor if omitted), at integer positions; negative ones count from the end.</summary>
    /// <remarks>Where a compiled function computes a position that is out of range, the result is NaN (0 for integers).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A position is data, and out of range.</exception>
    public static Tensor Take(Tensor x, Tensor indices, int? axis = null) => OpDispatch.Call("Take", [x, indices], t =>
    {
        Tensor from = axis == null ? Flat(t[0]) : t[0];
        int at = from.Shape.Axis(axis ?? 0);
        return new Gather(at).Apply(from, Positions.Of(t[1], at, from.Shape, "Take"));
    }, ("axis", axis));

    /// <summary>An element for each position along an axis, where other axes match or are broadcast.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="indices">Integer positions, with as many axes as <paramref name="x"/>; negative ones count from the end.</param>
    /// <param name="axis">The axis; the tensor is flattened if omitted.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a position that is data is out of range.</exception>
    public static Tensor TakeAlongAxis(Tensor x, Tensor indices, int? axis = null) => OpDispatch.Call("TakeAlongAxis", [x, indices], t =>
    {
        Tensor from = axis == null ? Flat(t[0]) : t[0], places = axis == null ? Flat(t[1]) : t[1];
        Shape shape = from.Shape;
        if (places.Rank != shape.Rank) throw new ArgumentException($"TakeAlongAxis: indices of shape {t[1].Shape} have other axes than the tensor of shape {t[0].Shape}.", nameof(indices));
        int at = shape.Axis(axis ?? 0);
        Shape around = Broadcasting.Result("TakeAlongAxis", [new(shape.With(at, 1), DType.Int32), new(places.Shape.With(at, 1), DType.Int32)]);
        if (!around.IsKnown || shape.Dims[at] == Shape.Unknown || !places.Shape.IsKnown)
        {
            // While shapes are being inferred: any elements will do.
            int[] zeros = new int[shape.Rank], ones = [.. Enumerable.Repeat(1, shape.Rank)];
            Tensor one = new Slice(new IntList(zeros), new IntList(shape.With(at, 1).Dims), new IntList(ones)).Apply(from);
            return PrimitiveOps.Where(PrimitiveOps.Convert(places, DType.Bool), one, one);
        }

        List<Tensor> positions = [];
        for (int i = 0; i < shape.Rank; i++)
        {
            positions.Add(i == at ? Positions.Of(places, at, shape, "TakeAlongAxis")
                : shape.Dims[i] == 1 ? PrimitiveOps.BroadcastTo(PrimitiveOps.Scalar(DType.Int32, 0), new Shape([.. Enumerable.Repeat(1, shape.Rank)]))
                : Counting(shape.Dims[i], i, shape.Rank));
        }

        return new Gather(0).Apply(Flat(from), Positions.Linear(positions, shape.Dims));
    }, ("axis", axis));

    /// <summary>The positions, along each axis, of the elements that are not zero.</summary>
    /// <returns>A vector of int32 for each axis.</returns>
    /// <exception cref="InvalidOperationException">A function is being compiled: how many there are depends on data.</exception>
    public static IReadOnlyList<Tensor> Nonzero(Tensor x) => OpDispatch.CallMany("Nonzero", [x], t =>
    {
        Tensor from = AtLeast(t[0], 1);
        if (from is ConcreteTensor data) return Positions.OfNonzero(data);
        Tensor some = Engine.Graphs.Trace.Undetermined("Nonzero", from, new TensorSpec(new Shape([Shape.Unknown]), DType.Int32));
        return [.. Enumerable.Repeat(some, from.Rank)];
    });

    /// <summary>The position along each axis of elements that are counted in row-major order.</summary>
    /// <param name="indices">Places in the flattened array.</param>
    /// <param name="shape">The array's dimensions.</param>
    /// <returns>A tensor for each axis.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A place is data, and outside the array.</exception>
    public static IReadOnlyList<Tensor> UnravelIndex(Tensor indices, Shape shape) => OpDispatch.CallMany("UnravelIndex", [indices], t =>
    {
        Tensor places = Promotion.Narrow(t[0]);
        if (!shape.IsKnown) return [.. shape.Select(_ => PrimitiveOps.Reshape(places, new Shape([Shape.Unknown])))];
        if (t[0] is ConcreteTensor) _ = Positions.Of(t[0], 0, new Shape([shape.Size]), "UnravelIndex");
        if (t[0] is ConcreteTensor && places.DType.Kind == DTypeKind.Signed && Any(Less(places, 0)).Item<bool>())
            throw new ArgumentOutOfRangeException(nameof(indices), $"UnravelIndex: places in an array of shape {shape} are not negative.");
        Tensor[] positions = new Tensor[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            Tensor length = PrimitiveOps.ScalarLike(places, Math.Max(1, shape.Dims[axis]));
            positions[axis] = PrimitiveOps.Binary(ElementwiseFunction.Remainder, places, length);
            places = PrimitiveOps.Binary(ElementwiseFunction.FloorDivide, places, length);
        }

        return positions;
    }, ("shape", shape));
}
