using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public sealed partial class RaggedTensor
{
    /// <summary>The number of steps of each row, (rows).</summary>
    public Tensor RowLengths => new Gather(0).Apply(RowSplits, Count(RowCount, 1)) - new Gather(0).Apply(RowSplits, Count(RowCount));

    private int RowCount => Shape.Dims[0];

    /// <summary>The same numbers as one tensor, with zeros where there are none.</summary>
    public Tensor ToDense() => ToTensor();

    /// <summary>All rows filled up to the longest: (rows, steps, …).</summary>
    /// <param name="defaultValue">What they are filled up with.</param>
    public Tensor ToTensor(double defaultValue = 0)
    {
        Tensor values = DType == DType.Bool ? PrimitiveOps.Convert(Values, DType.Int32) : Values;
        Tensor step = Count(Values.Shape.Dims[0]) - AtRows(RowSplits);
        Tensor place = (RowIds * PrimitiveOps.Scalar(DType.Int32, Math.Max(0, MaxLength))) + step;
        int length = MaxLength == Shape.Unknown || RowCount == Shape.Unknown ? Shape.Unknown : RowCount * MaxLength;
        Tensor flat = new ScatterAdd(0, length).Apply(place, values);
        Tensor filled = PrimitiveOps.Convert(PrimitiveOps.Reshape(flat, Shape.With(1, MaxLength)), DType);
        if (defaultValue == 0) return filled;
        Tensor there = PrimitiveOps.Reshape(RowMask(), new Shape([.. filled.Shape.Dims[..2], .. Enumerable.Repeat(1, Rank - 2)]));
        return PrimitiveOps.Where(there, filled, PrimitiveOps.ScalarLike(filled, defaultValue));
    }

    /// <summary>Which steps of <see cref="ToTensor"/> are there: booleans, (rows, steps).</summary>
    internal Tensor RowMask()
    {
        Tensor steps = PrimitiveOps.Reshape(Count(MaxLength), new Shape([1, MaxLength]));
        return PrimitiveOps.Binary(ElementwiseFunction.Less, steps, PrimitiveOps.Reshape(RowLengths, new Shape([RowCount, 1])));
    }

    /// <summary>The same rows filled up to a length that is known beforehand.</summary>
    /// <exception cref="ArgumentException">A row is longer.</exception>
    internal RaggedTensor WithLength(int length) => MaxLength <= length
        ? new(Values, RowSplits, RowIds, Shape.With(1, length), length)
        : throw new ArgumentException($"A ragged tensor of shape {Shape} has a row of {MaxLength} steps; it cannot be filled up to {length}.");

    /// <summary>The sum of the steps of each row, (rows, …).</summary>
    internal Tensor RowSums() => new ScatterAdd(0, RowCount).Apply(RowIds, Values);

    /// <summary>The mean of the steps of each row, (rows, …).</summary>
    // Keras: a row without steps gives NaN, which would spoil a model that is trained; here it gives 0.
    internal Tensor RowMeans()
    {
        Tensor lengths = PrimitiveOps.Convert(PrimitiveOps.Reshape(RowLengths, new Shape([RowCount, .. Enumerable.Repeat(1, Rank - 2)])), DType);
        return Ops.DivideNoNan(RowSums(), lengths);
    }

    /// <summary>What each row of a tensor is, for each value of that row.</summary>
    internal Tensor AtRows(Tensor rows)
    {
        // Values that only fill up a batch belong to no row; what they get does not matter, but it must not be NaN.
        Tensor within = RowCount > 0 ? PrimitiveOps.Binary(ElementwiseFunction.Minimum, RowIds, PrimitiveOps.Scalar(DType.Int32, RowCount - 1)) : RowIds;
        return new Gather(0).Apply(rows, within);
    }

    /// <summary>Whether two tensors have the same rows, as far as that is known.</summary>
    internal bool HasRowsOf(RaggedTensor other) => ReferenceEquals(RowSplits, other.RowSplits)
        || (RowSplits is ConcreteTensor && other.RowSplits is ConcreteTensor && RowSplits.ToArray<int>().AsSpan().SequenceEqual(other.RowSplits.ToArray<int>()));

    /// <summary>Whole numbers from the first on.</summary>
    private Tensor Count(int length, int first = 0)
    {
        // While shapes are inferred the length may be unknown; all that is needed then is a tensor of unknown length.
        if (length == Shape.Unknown) return RowIds;
        Tensor numbers = new Iota(DType.Int32, new IntList([length]), 0).Apply();
        return first == 0 ? numbers : numbers + PrimitiveOps.Scalar(DType.Int32, first);
    }
}
