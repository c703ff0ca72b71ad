using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The sums of slices that belong to the same segment; zero for a segment without any.</summary>
    /// <param name="data">Slices along the first axis.</param>
    /// <param name="segmentIds">The number of the segment of each, a vector. What is negative or too large belongs to none.</param>
    /// <param name="numSegments">The number of segments; as many as the greatest number needs if omitted.</param>
    /// <param name="sorted">Whether the numbers are in ascending order; the result is the same.</param>
    /// <exception cref="ArgumentException">The shapes do not belong together.</exception>
    /// <exception cref="InvalidOperationException">The function is being compiled, and <paramref name="numSegments"/> is omitted.</exception>
    public static Tensor SegmentSum(Tensor data, Tensor segmentIds, int? numSegments = null, bool sorted = false) => Segments("SegmentSum", data, segmentIds, numSegments, sorted, (x, ids, count) =>
        PrimitiveOps.Convert(new ScatterAdd(0, count).Apply(ids, AddedAs(x)), x.DType));

    /// <summary>The greatest elements of slices that belong to the same segment; negative infinity (or the type's least value) for a segment without any.</summary>
    /// <inheritdoc cref="SegmentSum"/>
    public static Tensor SegmentMax(Tensor data, Tensor segmentIds, int? numSegments = null, bool sorted = false) => Segments("SegmentMax", data, segmentIds, numSegments, sorted, (x, ids, count) =>
        Scattered(ScatterMode.Max, x, ids, count, ReductionKind.Max));

    /// <summary>The least elements of slices that belong to the same segment; infinity (or the type's greatest value) for a segment without any.</summary>
    /// <inheritdoc cref="SegmentSum"/>
    public static Tensor SegmentMin(Tensor data, Tensor segmentIds, int? numSegments = null, bool sorted = false) => Segments("SegmentMin", data, segmentIds, numSegments, sorted, (x, ids, count) =>
        Scattered(ScatterMode.Min, x, ids, count, ReductionKind.Min));

    /// <summary>The products of slices that belong to the same segment; one for a segment without any.</summary>
    /// <inheritdoc cref="SegmentSum"/>
    public static Tensor SegmentProd(Tensor data, Tensor segmentIds, int? numSegments = null, bool sorted = false) => Segments("SegmentProd", data, segmentIds, numSegments, sorted, (x, ids, count) =>
        PrimitiveOps.Convert(Scattered(ScatterMode.Multiply, AddedAs(x), ids, count, ReductionKind.Product), x.DType));

    private static Tensor Segments(string name, Tensor data, Tensor segmentIds, int? numSegments, bool sorted, Func<Tensor, Tensor, int, Tensor> combine) =>
        OpDispatch.Call(name, [data, segmentIds], t =>
        {
            (Tensor x, Tensor ids) = (t[0], PrimitiveOps.Convert(t[1], DType.Int32));
            if (numSegments is { } given) ArgumentOutOfRangeException.ThrowIfNegative(given, nameof(numSegments));
            if (t[1].DType.IsFloating || ids.Rank != 1 || x.Rank == 0 || !ids.Shape.IsCompatibleWith(new Shape([x.Shape.Dims[0]])))
                throw new ArgumentException($"{name} takes a vector of integers, one for each slice along the first axis of the data, not {t[1].DType}{ids.Shape} for data of shape {x.Shape}.", nameof(segmentIds));
            if (numSegments == null && DataDependent.IsInferred(ids, name, "Give the number of segments.")) return DataDependent.Result(x.DType, [Shape.Unknown, .. x.Shape.Dims[1..]]);
            int count = numSegments ?? (ids.Shape.Size == 0 ? 0 : Math.Max(0, checked(ReduceOver(ReductionKind.Max, ids, [0], keepdims: false).Item<int>() + 1)));
            return combine(x, ids, count);
        }, ("num_segments", numSegments), ("sorted", sorted));

    private static Tensor Scattered(ScatterMode mode, Tensor x, Tensor ids, int count, ReductionKind kind)
    {
        // What a reduction of nothing gives.
        Tensor none = new Reduce(kind, [0]).Apply(PrimitiveOps.Filled(new(new Shape([0]), x.DType), 0));
        return new Scatter(mode, 0).Apply(PrimitiveOps.BroadcastTo(none, new Shape([count, .. x.Shape.Dims[1..]])), ids, x);
    }

    /// <summary>Numbers of 16 bits are combined in 32, and rounded once.</summary>
    private static Tensor AddedAs(Tensor x) => x.DType.IsFloating ? Promotion.ToSpacious(x) : x;
}
