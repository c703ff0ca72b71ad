using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Where values belong in a vector that is in ascending order, so that it stays so, as int32.</summary>
    /// <param name="sortedSequence">The vector. NaN belongs at its end.</param>
    /// <param name="values">The values.</param>
    /// <param name="side"><c>"left"</c> for the place before equal elements, <c>"right"</c> for the one behind them.</param>
    /// <exception cref="ArgumentException">The sequence is no vector, or the side neither of the two.</exception>
    public static Tensor Searchsorted(Tensor sortedSequence, Tensor values, string side = "left") => OpDispatch.Call("SearchSorted", [sortedSequence, values], t =>
    {
        if (side is not ("left" or "right")) throw new ArgumentException($"Searchsorted: side is 'left' or 'right', not '{side}'.", nameof(side));
        if (t[0].Rank != 1) throw new ArgumentException($"Searchsorted takes a vector as sorted sequence, not a tensor of shape {t[0].Shape}.", nameof(sortedSequence));
        return PlacesIn(t[0], t[1], side == "right");
    }, ("side", side));

    /// <summary>The number of the bin that each element falls into, as int32: 0 below the first edge, i from edge i-1 (included) to edge i.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="bins">The edges, a vector in ascending order.</param>
    /// <exception cref="ArgumentException">The edges are no vector.</exception>
    public static Tensor Digitize(Tensor x, Tensor bins) => OpDispatch.Call("Digitize", [x, bins], t => t[1].Rank == 1
        ? PlacesIn(t[1], t[0], right: true)
        : throw new ArgumentException($"Digitize takes a vector of edges, not a tensor of shape {t[1].Shape}.", nameof(bins)));

    /// <summary>Whether each element of the first tensor is among those of the second.</summary>
    /// <param name="x1">What is looked for.</param>
    /// <param name="x2">What it is looked for among.</param>
    /// <param name="assumeUnique">Whether both hold each element only once; the result is the same.</param>
    /// <param name="invert">Whether to tell what is not among them.</param>
    /// <returns>Booleans in the shape of <paramref name="x1"/>. NaN equals nothing.</returns>
    public static Tensor Isin(Tensor x1, Tensor x2, bool assumeUnique = false, bool invert = false) => OpDispatch.Call("IsIn", [x1, x2], t =>
    {
        using WideScope wide = WideScope.Wanted();
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        Tensor sorted = new Sort(Descending: false).ApplyAll(Flat(b))[0];
        Tensor place = new SearchSorted(Right: false).Apply(sorted, a);
        // Where there is no such place the element is greater than all.
        Tensor found = PrimitiveOps.Binary(
            ElementwiseFunction.LogicalAnd,
            PrimitiveOps.Binary(ElementwiseFunction.Less, place, PrimitiveOps.Scalar(DType.Int32, Math.Max(0, sorted.Shape.Dims[0]))),
            PrimitiveOps.Binary(ElementwiseFunction.Equal, new Gather(0).Apply(sorted, place), a));
        return invert ? PrimitiveOps.Unary(ElementwiseFunction.LogicalNot, found) : found;
    }, ("assume_unique", assumeUnique), ("invert", invert));

    /// <summary>How many elements of a vector fall into each of several bins of equal width, as int64, and the edges of the bins.</summary>
    /// <param name="x">The vector. What is outside the range is not counted.</param>
    /// <param name="bins">The number of bins. Each includes its lower edge, the last its upper one, too.</param>
    /// <param name="range">The outermost edges; the least and the greatest element if omitted.</param>
    /// <exception cref="ArgumentException">x is no vector, there are no bins, the range is empty, or not finite.</exception>
    public static (Tensor Hist, Tensor BinEdges) Histogram(Tensor x, int bins = 10, (double Low, double High)? range = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (range is { } given && !(double.IsFinite(given.Low) && double.IsFinite(given.High) && given.Low <= given.High))
            throw new ArgumentException($"Histogram: the range goes from a number to a greater one, not from {given.Low} to {given.High}.", nameof(range));
        IReadOnlyList<Tensor> results = OpDispatch.CallMany("Histogram", [x], t =>
        {
            if (t[0].Rank > 1) throw new ArgumentException($"Histogram takes a vector, not a tensor of shape {t[0].Shape}.", nameof(x));
            Tensor values = Flat(Promotion.ToSpacious(t[0]));
            Tensor edges = PrimitiveOps.Convert(EdgesOf(values, bins, range), values.DType);
            Tensor place = PrimitiveOps.Binary(ElementwiseFunction.Subtract, new SearchSorted(Right: true).Apply(edges, values), PrimitiveOps.Scalar(DType.Int32, 1));
            Tensor isLast = PrimitiveOps.Binary(ElementwiseFunction.Equal, values, RangeOf(edges, 0, bins, bins + 1));
            Tensor bin = PrimitiveOps.Where(isLast, PrimitiveOps.Scalar(DType.Int32, bins - 1), place);
            Tensor ones = PrimitiveOps.Convert(PrimitiveOps.Binary(ElementwiseFunction.Equal, bin, bin), DType.Int32);
            return [PrimitiveOps.Convert(new ScatterAdd(0, bins).Apply(bin, ones), DType.Int64), PrimitiveOps.Convert(edges, Promotion.FloatTypeOf(t[0]))];
        }, ("bins", bins), ("range", range is { } r ? (double[])[r.Low, r.High] : null));
        return (results[0], results[1]);
    }

    private static Tensor PlacesIn(Tensor sorted, Tensor values, bool right)
    {
        // Elements are only compared, so that nothing is brought down.
        using WideScope wide = WideScope.Wanted();
        (Tensor a, Tensor b) = Promotion.Unify(sorted, values);
        return new SearchSorted(right).Apply(a, b);
    }

    /// <summary>The edges of bins, in float64.</summary>
    private static Tensor EdgesOf(Tensor x, int bins, (double Low, double High)? range)
    {
        Tensor low, high;
        if (range is { } given) (low, high) = (PrimitiveOps.Scalar(DType.Float64, given.Low), PrimitiveOps.Scalar(DType.Float64, given.High));
        else if (x.Shape[0] == 0) (low, high) = (PrimitiveOps.Scalar(DType.Float64, 0), PrimitiveOps.Scalar(DType.Float64, 1));
        else
        {
            (low, high) = (PrimitiveOps.Convert(ReduceOver(ReductionKind.Min, x, [0], false), DType.Float64), PrimitiveOps.Convert(ReduceOver(ReductionKind.Max, x, [0], false), DType.Float64));
            if (low is ConcreteTensor && !(double.IsFinite(low.Item<double>()) && double.IsFinite(high.Item<double>())))
                throw new ArgumentException($"Histogram: elements from {low.Item<double>()} to {high.Item<double>()} leave no finite range. Give one.", nameof(x));
        }

        // A single value is in the middle of a range of one.
        Tensor half = PrimitiveOps.Where(Equal(low, high), PrimitiveOps.Scalar(DType.Float64, 0.5), PrimitiveOps.Scalar(DType.Float64, 0));
        (low, high) = (PrimitiveOps.Binary(ElementwiseFunction.Subtract, low, half), PrimitiveOps.Binary(ElementwiseFunction.Add, high, half));
        Tensor number = new Iota(DType.Float64, [bins + 1], 0).Apply();
        Tensor width = PrimitiveOps.Divide(PrimitiveOps.Binary(ElementwiseFunction.Subtract, high, low), PrimitiveOps.Scalar(DType.Float64, bins));
        Tensor edges = PrimitiveOps.Binary(ElementwiseFunction.Add, low, PrimitiveOps.Binary(ElementwiseFunction.Multiply, number, width));
        return PrimitiveOps.Where(Equal(number, (double)bins), high, edges); // Rounding never moves the last one.
    }
}
