using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public sealed partial class SparseTensor
{
    /// <summary>The same numbers as one tensor, with zeros where there are none.</summary>
    public Tensor ToDense()
    {
        // Sums of booleans count; here they say whether there is one.
        Tensor values = DType == DType.Bool ? PrimitiveOps.Convert(Values, DType.Int32) : Values;
        Tensor flat = new ScatterAdd(0, Strides.Total(Shape)).Apply(Linear(), values);
        return PrimitiveOps.Convert(PrimitiveOps.Reshape(flat, Shape), DType);
    }

    /// <summary>The elements of a dense tensor at the places that have values; it is broadcast.</summary>
    internal Tensor At(Tensor dense)
    {
        if (dense.Rank == 0) return dense;
        int skipped = Rank - dense.Rank;
        int[] strides = Strides.Of(dense.Shape);
        Tensor place = PrimitiveOps.Scalar(DType.Int32, 0);
        for (int i = 0; i < dense.Rank; i++)
        {
            if (dense.Shape.Dims[i] != 1) place += Scaled(_coordinates[i + skipped], strides[i]);
        }

        // Values that only fill up a batch have places outside; what they meet does not matter, but it must not be NaN.
        int last = Strides.Total(dense.Shape) - 1;
        if (last >= 0) place = PrimitiveOps.Binary(ElementwiseFunction.Minimum, place, PrimitiveOps.Scalar(DType.Int32, last));
        Tensor there = new Gather(0).Apply(PrimitiveOps.Reshape(dense, new Shape([Shape.Unknown])), place);
        return place.Rank == 0 ? PrimitiveOps.BroadcastTo(there, Values.Shape) : there;
    }

    /// <summary>The product with a dense matrix: for each value a row of the matrix, added up for each row of the result.</summary>
    internal Tensor TimesMatrix(Tensor matrix)
    {
        ReadOnlySpan<int> rows = Shape.Dims[..^1];
        int units = matrix.Shape.Dims[1];
        Tensor taken = new Gather(0).Apply(matrix, _coordinates[^1]) * PrimitiveOps.Reshape(Values, new Shape([Values.Shape.Dims[0], 1]));
        Tensor sums = new ScatterAdd(0, Strides.Total(new Shape(rows))).Apply(Linear(_coordinates[..^1], new Shape(rows)), taken);
        return PrimitiveOps.Reshape(sums, new Shape([.. rows, units]));
    }

    /// <summary>The product of a dense tensor with this matrix.</summary>
    internal Tensor TimesFromLeft(Tensor dense)
    {
        int axis = dense.Rank - 1;
        return new ScatterAdd(axis, Shape.Dims[1]).Apply(_coordinates[1], new Gather(axis).Apply(dense, InRange(0)) * Values);
    }

    /// <summary>The same values under another shape of as many elements.</summary>
    internal SparseTensor Reshaped(Shape shape)
    {
        Tensor place = Linear();
        int[] strides = Strides.Of(shape);
        Tensor[] coordinates = new Tensor[shape.Rank];
        for (int i = 0; i < coordinates.Length; i++)
        {
            Tensor at = strides[i] == 1 ? place : PrimitiveOps.Binary(ElementwiseFunction.FloorDivide, place, PrimitiveOps.Scalar(DType.Int32, strides[i]));
            // The first is left as it is: places outside stay outside.
            coordinates[i] = i == 0 ? at : PrimitiveOps.Binary(ElementwiseFunction.Remainder, at, PrimitiveOps.Scalar(DType.Int32, Math.Max(1, shape.Dims[i])));
        }

        return new SparseTensor(coordinates, Values, shape, Coalesced);
    }

    /// <summary>The values of several tensors together, which are moved along an axis other than the first.</summary>
    internal static SparseTensor Together(IReadOnlyList<SparseTensor> tensors, Shape shape, int axis = 0, IReadOnlyList<int>? offsets = null)
    {
        Tensor[] coordinates = [.. Enumerable.Range(0, shape.Rank).Select(k => Join([.. tensors.Select((t, i) =>
            offsets == null || k != axis || offsets[i] == 0 ? t._coordinates[k] : t._coordinates[k] + PrimitiveOps.Scalar(DType.Int32, offsets[i]))]))];
        Tensor values = Join([.. tensors.Select(t => t.Values)]);
        SparseTensor all = new(coordinates, values, shape, coalesced: offsets != null && tensors.All(t => t.Coalesced));
        return values is ConcreteTensor ? new SparseTensor(all.Indices, values, shape) : all;
    }

    /// <summary>The position of each value among all elements; outside where the first coordinate is.</summary>
    private Tensor Linear() => Linear(_coordinates, Shape);

    private static Tensor Linear(IReadOnlyList<Tensor> coordinates, Shape shape)
    {
        int[] strides = Strides.Of(shape);
        Tensor place = Scaled(coordinates[0], strides[0]);
        for (int i = 1; i < strides.Length; i++) place += Scaled(coordinates[i], strides[i]);
        return place;
    }

    private Tensor InRange(int axis) => PrimitiveOps.Binary(
        ElementwiseFunction.Minimum, _coordinates[axis], PrimitiveOps.Scalar(DType.Int32, Shape.Dims[axis] == Shape.Unknown ? int.MaxValue : Math.Max(0, Shape.Dims[axis] - 1)));

    private static Tensor Scaled(Tensor coordinate, int stride) => stride == 1 ? coordinate : coordinate * PrimitiveOps.Scalar(DType.Int32, stride);

    private static Tensor Join(Tensor[] parts) => parts.Length == 1 ? parts[0] : new Engine.Primitives.Concatenate(0).Apply(parts);
}
