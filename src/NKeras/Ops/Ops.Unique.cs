using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The different elements of a tensor, or slices along an axis, in ascending order, and on demand where they are and how many.</summary>
    /// <param name="x">The tensor. NaN equals nothing.</param>
    /// <param name="sorted">Whether the order matters; they are sorted in any case.</param>
    /// <param name="returnIndex">Whether to return the position of the first of each, too.</param>
    /// <param name="returnInverse">Whether to return which of them each element is: in the shape of <paramref name="x"/>, or a vector along the axis.</param>
    /// <param name="returnCounts">Whether to return how often each occurs.</param>
    /// <param name="axis">The axis whose slices are compared; the elements of the flattened tensor if omitted.</param>
    /// <param name="size">How many to return: what is too many is cut off, what is missing filled up. All if omitted.</param>
    /// <param name="fillValue">What missing elements are filled up with (zero if omitted); the index of one is 1 and its count 0.</param>
    /// <returns>The elements alone, or a list of all that is asked for, in the order of the parameters; positions and counts are int64.</returns>
    /// <exception cref="InvalidOperationException">The function is being compiled, and no size is given.</exception>
    public static Tensors Unique(
        Tensor x, bool sorted = true, bool returnIndex = false, bool returnInverse = false, bool returnCounts = false, int? axis = null, int? size = null, double? fillValue = null)
    {
        if (size is { } wanted) ArgumentOutOfRangeException.ThrowIfNegative(wanted, nameof(size));
        (string Name, object? Value)[] settings =
        [
            ("sorted", sorted), ("return_index", returnIndex), ("return_inverse", returnInverse), ("return_counts", returnCounts), ("axis", axis), ("size", size), ("fill_value", fillValue),
        ];
        return returnIndex || returnInverse || returnCounts
            ? Tensors.Create([.. OpDispatch.CallMany("Unique", [x], t => Asked(t[0]), settings)])
            : OpDispatch.Call("Unique", [x], t => Asked(t[0])[0], settings);

        Tensor[] Asked(Tensor given)
        {
            Tensor values = Promotion.As(given, Promotion.ResultType(given, given));
            int? along = axis is { } number ? values.Shape.Axis(number) : null;
            Tensor[] all = SymbolicCall.IsInferring && given is Engine.Graphs.TracedTensor ? UniqueShapes(values, along, size) : UniqueOf(values, along, size, fillValue ?? 0);
            bool[] asked = [true, returnIndex, returnInverse, returnCounts];
            return [.. all.Select((part, i) => i == 0 ? part : PrimitiveOps.Convert(part, DType.Int64)).Where((_, i) => asked[i])];
        }
    }

    private static Tensor[] UniqueShapes(Tensor x, int? axis, int? size)
    {
        int count = size ?? Shape.Unknown;
        return
        [
            DataDependent.Result(x.DType, axis is { } along ? x.Shape.With(along, count).Dims : [count]),
            DataDependent.Result(DType.Int32, count),
            DataDependent.Result(DType.Int32, axis is { } line ? [x.Shape.Dims[line]] : x.Shape.Dims),
            DataDependent.Result(DType.Int32, count),
        ];
    }

    private static Tensor[] UniqueOf(Tensor x, int? axis, int? size, double fill)
    {
        (Tensor sorted, Tensor positions, Tensor isFirst) = axis is { } along ? SortedSlices(x, along) : SortedElements(x);
        int total = positions.Shape.Dims[0];
        // Which of the different ones each is; their number is one more than the last's.
        Tensor group = PrimitiveOps.Binary(
            ElementwiseFunction.Subtract, new Cumulative(false, 0, false).Apply(PrimitiveOps.Convert(isFirst, DType.Int32)), PrimitiveOps.Scalar(DType.Int32, 1));
        Tensor found = ReduceOver(ReductionKind.Sum, PrimitiveOps.Convert(isFirst, DType.Int32), [0], keepdims: false);
        if (size == null) DataDependent.IsInferred(x, "Unique", "Give a size, or call it on data, outside of compiled functions.");
        int count = size ?? found.Item<int>();

        Tensor nowhere = PrimitiveOps.Scalar(DType.Int32, -1);
        Tensor firsts = new ScatterAdd(0, count).Apply(PrimitiveOps.Where(isFirst, group, nowhere), new Iota(DType.Int32, [total], 0).Apply());
        Tensor isThere = Less(new Iota(DType.Int32, [count], 0).Apply(), found);
        int[] perSlice = [count, .. Enumerable.Repeat(1, sorted.Rank - 1)];
        Tensor values = PrimitiveOps.Where(PrimitiveOps.Reshape(isThere, new Shape(perSlice)), new Gather(0).Apply(sorted, firsts), PrimitiveOps.ScalarLike(sorted, fill));
        Tensor index = PrimitiveOps.Where(isThere, new Gather(0).Apply(positions, firsts), PrimitiveOps.Scalar(DType.Int32, 1));
        Tensor inverse = new ScatterAdd(0, total).Apply(positions, group);
        Tensor counts = new ScatterAdd(0, count).Apply(group, PrimitiveOps.BroadcastTo(PrimitiveOps.Scalar(DType.Int32, 1), new Shape([total])));
        if (axis is not { } slices) return [values, index, PrimitiveOps.Reshape(inverse, x.Shape), counts];
        int[] back = [.. Enumerable.Range(1, x.Rank - 1)];
        return [PrimitiveOps.Transpose(values, [.. back[..slices], 0, .. back[slices..]]), index, inverse, counts];
    }

    /// <summary>Elements in order, where they come from, and which of them differ from the one before.</summary>
    private static (Tensor Sorted, Tensor Positions, Tensor IsFirst) SortedElements(Tensor x)
    {
        Tensor[] sorted = new Sort(Descending: false).ApplyAll(Flat(x));
        return (sorted[0], sorted[1], FirstOfEach(sorted[0], differs => differs));
    }

    /// <summary>Slices along an axis in the order of their elements, where they come from, and which of them differ from the one before.</summary>
    private static (Tensor Sorted, Tensor Positions, Tensor IsFirst) SortedSlices(Tensor x, int axis)
    {
        int[] permutation = [axis, .. Enumerable.Range(0, x.Rank).Where(i => i != axis)];
        Tensor slices = PrimitiveOps.Transpose(x, permutation);
        int count = slices.Shape.Dims[0], width = slices.Shape.Dims[1..].ToArray().Aggregate(1, (a, b) => a * b);
        Tensor rows = PrimitiveOps.Reshape(slices, new Shape([count, width])), positions = new Iota(DType.Int32, [count], 0).Apply();
        // Sorting by one column after the other, the last one first, keeps the order by later columns where earlier ones are equal.
        for (int column = width - 1; column >= 0; column--)
        {
            Tensor keys = PrimitiveOps.Reshape(RangeOf(rows, 1, column, column + 1), new Shape([count]));
            positions = new Gather(0).Apply(positions, new Sort(Descending: false).ApplyAll(new Gather(0).Apply(keys, positions))[1]);
        }

        Tensor isFirst = FirstOfEach(new Gather(0).Apply(rows, positions), differs => ReduceOver(ReductionKind.Any, differs, [1], keepdims: false));
        return (new Gather(0).Apply(slices, positions), positions, isFirst);
    }

    private static Tensor FirstOfEach(Tensor sorted, Func<Tensor, Tensor> perItem)
    {
        (Tensor before, Tensor after) = Neighbours(sorted, 0);
        Tensor differs = perItem(PrimitiveOps.Binary(ElementwiseFunction.NotEqual, after, before));
        return sorted.Shape.Dims[0] == 0 ? differs : new Concatenate(0).Apply(PrimitiveOps.Filled(new(new Shape([1]), DType.Bool), 1), differs);
    }
}
