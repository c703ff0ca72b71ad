using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Class numbers as rows with a one at the class's place and zeros elsewhere; numbers out of range give zeros.</summary>
    /// <param name="x">Integers.</param>
    /// <param name="numClasses">The length of a row.</param>
    /// <param name="axis">Where the new axis goes; -1 is last.</param>
    /// <param name="dtype">The type of the result; <see cref="Config.Floatx"/> if omitted.</param>
    /// <param name="sparse">Whether the result is a <see cref="SparseTensor"/>.</param>
    public static Tensor OneHot(Tensor x, int numClasses, int axis = -1, DType? dtype = null, bool sparse = false) => OpDispatch.Call("OneHot", [x], t =>
    {
        Tensor isClass = IsClass("OneHot", t[0], numClasses, axis);
        return sparse ? SparseOf("OneHot", isClass, dtype ?? Config.Floatx()) : PrimitiveOps.Convert(isClass, dtype ?? Config.Floatx());
    }, ("num_classes", numClasses), ("axis", axis), ("dtype", dtype ?? Config.Floatx()), ("sparse", sparse));

    /// <summary>For each row of class numbers one row with ones at their places and zeros elsewhere; numbers out of range are left out.</summary>
    /// <param name="inputs">Integers: a vector, which is one row, or (batch, numbers, …).</param>
    /// <param name="numClasses">The length of a row.</param>
    /// <param name="axis">Where the axis of the classes goes before the numbers' axis disappears; -1 is last.</param>
    /// <param name="dtype">The type of the result; <see cref="Config.Floatx"/> if omitted.</param>
    /// <param name="sparse">Whether the result is a <see cref="SparseTensor"/>.</param>
    public static Tensor MultiHot(Tensor inputs, int numClasses, int axis = -1, DType? dtype = null, bool sparse = false) => OpDispatch.Call("MultiHot", [inputs], t =>
    {
        Tensor isClass = IsClass("MultiHot", t[0], numClasses, axis);
        Tensor isThere = new Reduce(ReductionKind.Any, [t[0].Rank > 1 ? 1 : 0]).Apply(isClass);
        return sparse ? SparseOf("MultiHot", isThere, dtype ?? Config.Floatx()) : PrimitiveOps.Convert(isThere, dtype ?? Config.Floatx());
    }, ("num_classes", numClasses), ("axis", axis), ("dtype", dtype ?? Config.Floatx()), ("sparse", sparse));

    private static Tensor IsClass(string name, Tensor x, int numClasses, int axis)
    {
        if (numClasses < 0) throw new ArgumentOutOfRangeException(nameof(numClasses), $"{name}: there are no {numClasses} classes.");
        int rank = x.Rank + 1, at = axis < 0 ? axis + rank : axis;
        if (at < 0 || at >= rank) throw new ArgumentOutOfRangeException(nameof(axis), $"{name}: axis {axis} is out of range for a result with {rank} axes.");
        // Wide enough for the numbers and for the classes, so that none is taken for another.
        DType type = x.DType == DType.UInt64 ? x.DType : x.DType == DType.Int64 || x.DType == DType.UInt32 ? DType.Int64 : DType.Int32;
        return PrimitiveOps.Binary(ElementwiseFunction.Equal, ExpandDims(PrimitiveOps.Convert(x, type), at), Counting(numClasses, at, rank, type));
    }

    /// <summary>The sparse form: the places of data; within a graph, where their number is not known, every place.</summary>
    internal static SparseTensor SparseOf(string name, Tensor isThere, DType type)
    {
        Shape shape = isThere.Shape;
        if (isThere is ConcreteTensor data)
        {
            Tensor[] places = Positions.OfNonzero(data);
            return new SparseTensor(places, BroadcastTo(Ones(Shape.Scalar, type), places[0].Shape), shape, coalesced: true);
        }

        if (!shape.IsKnown)
        {
            Tensor some = Engine.Graphs.Trace.Undetermined(name, isThere, new TensorSpec(new Shape([Shape.Unknown]), DType.Int32));
            return new SparseTensor([.. shape.Select(_ => some)], PrimitiveOps.Convert(some, type), shape, coalesced: true);
        }

        Tensor[] all = [.. Enumerable.Range(0, shape.Rank).Select(axis => Flat(PrimitiveOps.BroadcastTo(Counting(shape.Dims[axis], axis, shape.Rank), shape)))];
        return new SparseTensor(all, Flat(PrimitiveOps.Convert(isThere, type)), shape, coalesced: true);
    }
}
