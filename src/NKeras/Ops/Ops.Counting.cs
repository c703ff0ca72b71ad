using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>How often each number from zero up occurs in a vector, or in each row of a matrix.</summary>
    /// <param name="x">Integers from zero up, of rank 1 or 2.</param>
    /// <param name="weights">What each element counts, in the shape of <paramref name="x"/>; one if omitted.</param>
    /// <param name="minlength">The least length of the result, which is else as long as the greatest number needs.</param>
    /// <param name="sparse">Whether the result is a sparse tensor.</param>
    /// <returns>The counts as int32, or the sums of the weights in the common type.</returns>
    /// <exception cref="ArgumentException">x is of another type or rank or holds negative numbers, or the weights have another shape.</exception>
    /// <exception cref="InvalidOperationException">The function is being compiled: the length depends on the data.</exception>
    // Keras: weights are a setting of the step, so that symbolic ones cannot be computed. Here they can.
    public static Tensor Bincount(Tensor x, Tensor? weights = null, int minlength = 0, bool sparse = false) => weights is KerasTensor
        ? OpDispatch.Call("Bincount", [x, weights], t => Counted(t[0], t[1], minlength, sparse), ("weights", weights), ("minlength", minlength), ("sparse", sparse))
        : OpDispatch.Call("Bincount", [x], t => Counted(t[0], weights, minlength, sparse), ("weights", weights), ("minlength", minlength), ("sparse", sparse));

    private static Tensor Counted(Tensor x, Tensor? weights, int minlength, bool sparse)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minlength);
        if (x.DType.IsFloating || x.Rank is not (1 or 2)) throw new ArgumentException($"Bincount takes a vector or a matrix of integers, not {x.DType}{x.Shape}.", nameof(x));
        if (weights != null && !weights.Shape.IsCompatibleWith(x.Shape)) throw new ArgumentException($"Bincount: weights of shape {weights.Shape} do not fit a tensor of shape {x.Shape}.", nameof(weights));
        DType type = weights == null ? DType.Int32 : Promotion.ResultType(x, weights);
        if (DataDependent.IsInferred(x, "Bincount")) return DataDependent.Result(type, [.. x.Shape.Dims[..^1], Shape.Unknown]);

        Tensor numbers = PrimitiveOps.Convert(x, DType.Int32);
        int length = minlength;
        if (x.Shape.Size > 0)
        {
            if (Least(numbers, false) < 0) throw new ArgumentException($"Bincount counts numbers from zero up; one is {Least(numbers, false)}.", nameof(x));
            length = Math.Max(minlength, checked(Least(numbers, true) + 1));
        }

        Tensor counted = weights == null ? PrimitiveOps.BroadcastTo(PrimitiveOps.Scalar(DType.Int32, 1), x.Shape)
            : type.IsFloating ? Promotion.ToSpacious(Promotion.As(weights, type)) : Promotion.As(weights, type);
        Tensor counts;
        if (x.Rank == 1) counts = new ScatterAdd(0, length).Apply(numbers, counted);
        else
        {
            // Rows are counted one behind the other.
            int rows = x.Shape.Dims[0];
            Tensor starts = PrimitiveOps.Binary(ElementwiseFunction.Multiply, new Iota(DType.Int32, [rows, 1], 0).Apply(), PrimitiveOps.Scalar(DType.Int32, length));
            Tensor places = PrimitiveOps.Binary(ElementwiseFunction.Add, numbers, starts);
            counts = PrimitiveOps.Reshape(new ScatterAdd(0, checked(rows * length)).Apply(Flat(places), Flat(counted)), new Shape([rows, length]));
        }

        counts = PrimitiveOps.Convert(counts, type);
        return sparse ? SparseTensor.FromDense(counts) : counts;

        static int Least(Tensor values, bool greatest) => ReduceOver(greatest ? ReductionKind.Max : ReductionKind.Min, values, Axes(values, null), keepdims: false).Item<int>();
    }
}
