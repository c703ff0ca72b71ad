using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras.Layers;

/// <summary>
/// How preprocessing layers write numbers of categories: as they are, as rows with a one, or as one row for each sample, with ones or
/// counts (<c>keras.src.utils.numerical_utils.encode_categorical_inputs</c>). Numbers out of range count nowhere.
/// </summary>
/// <remarks>
/// A sample is a row of a matrix, a whole vector, or a number of its own; with more axes the second one is that of a sample's numbers, as in Keras. Rows
/// of sparse and ragged tensors have as many numbers as they hold.
/// </remarks>
internal static class CategoricalEncoder
{
    /// <summary>Encodes numbers of categories.</summary>
    /// <param name="layer">The layer, for messages.</param>
    /// <param name="inputs">The numbers: dense, sparse or ragged.</param>
    /// <param name="outputMode"><c>"int"</c>, <c>"one_hot"</c>, <c>"multi_hot"</c> or <c>"count"</c>.</param>
    /// <param name="depth">How many categories there are: the last dimension of the result, unless it is the numbers themselves.</param>
    /// <param name="dtype">The type of the result.</param>
    /// <param name="sparse">Whether the result is a <see cref="SparseTensor"/>.</param>
    /// <param name="countWeights">What each number counts, in the shape of the inputs; one if omitted.</param>
    /// <exception cref="ArgumentException">The inputs have no such form, or the weights do not fit them.</exception>
    public static Tensor Encode(Layer layer, Tensor inputs, string outputMode, int depth, DType dtype, bool sparse = false, Tensor? countWeights = null)
    {
        if (outputMode == "int") return Ops.Cast(inputs, dtype);
        if (outputMode == "one_hot") return OneHot(layer, inputs, depth, dtype, sparse);
        Samples samples = Samples.Of(layer, inputs, outputMode, countWeights);
        bool isBinary = outputMode == "multi_hot";
        if (!sparse || (isBinary && samples.Numbers is not ConcreteTensor))
        {
            Tensor counts = samples.Counts(depth);
            if (!isBinary) return PrimitiveOps.Convert(counts, dtype);
            Tensor isThere = PrimitiveOps.Binary(ElementwiseFunction.NotEqual, counts, PrimitiveOps.ScalarLike(counts, 0));
            // Within a graph a place must not occur twice, so that all places are there.
            return sparse ? Ops.SparseOf("MultiHot", isThere, dtype) : PrimitiveOps.Convert(isThere, dtype);
        }

        SparseTensor counted = samples.SparseCounts(depth, dtype);
        return isBinary ? counted.WithValues(Samples.Ones(counted.Values.Shape, dtype)) : counted;
    }

    /// <summary>A row for each number. The numbers' last axis becomes that of the categories if there is one number along it.</summary>
    private static Tensor OneHot(Layer layer, Tensor inputs, int depth, DType dtype, bool sparse)
    {
        if (inputs is RaggedTensor rows && !sparse) return rows.WithValues(Ops.OneHot(rows.Values, depth, dtype: dtype));
        if (inputs is CompositeTensor composite) throw new ArgumentException($"Layer '{layer.Name}': output mode 'one_hot'{(sparse ? " with sparse results" : "")} takes dense tensors; received a {composite.Kind} one of shape {inputs.Shape}. Use 'multi_hot', or ToDense().");
        Tensor x = inputs.Rank == 0 ? PrimitiveOps.Reshape(inputs, new Shape([1])) : inputs;
        if (x.Rank > 1 && x.Shape[-1] == 1) x = PrimitiveOps.Reshape(x, new Shape(x.Shape.Dims[..^1]));
        if (!sparse) return Ops.OneHot(x, depth, dtype: dtype);
        (Tensor number, Tensor inside) = Samples.Checked(x, depth);
        Tensor[] places = [.. Enumerable.Range(0, x.Rank).Select(axis => Samples.Flat(new Iota(DType.Int32, new IntList(x.Shape.Dims), axis).Apply())), Samples.Flat(number)];
        return Samples.SparseFrom(places, Samples.Flat(inside), Samples.Ones(places[^1].Shape, dtype), new Shape([.. x.Shape.Dims, depth]), coalesced: true);
    }

    /// <summary>The numbers of all samples, one after the other.</summary>
    /// <param name="Rows">The sample of each number. Numbers whose sample is outside do not count.</param>
    /// <param name="Numbers">The numbers.</param>
    /// <param name="Weights">What each counts; null for one.</param>
    /// <param name="Outer">The dimensions of the result in front of the categories.</param>
    private sealed record Samples(Tensor Rows, Tensor Numbers, Tensor? Weights, Shape Outer)
    {
        private int Count => Strides.Total(Outer);

        public static Samples Of(Layer layer, Tensor inputs, string outputMode, Tensor? weights)
        {
            bool fits = weights is null || (weights.Shape.IsCompatibleWith(inputs.Shape) && (inputs is not CompositeTensor || weights.GetType() == inputs.GetType()));
            if (!fits) throw new ArgumentException($"Layer '{layer.Name}': countWeights are in the inputs' shape {inputs.Shape}; received shape {weights!.Shape}.", nameof(weights));
            return inputs switch
            {
                RaggedTensor { Rank: 2 } rows => new(rows.RowIds, rows.Values, (weights as RaggedTensor)?.Values, new Shape([rows.Shape.Dims[0]])),
                SparseTensor { Rank: 2 } matrix => new(matrix.Coordinates[0], matrix.Values, (weights as SparseTensor)?.Values, new Shape([matrix.Shape.Dims[0]])),
                CompositeTensor composite => throw new ArgumentException($"Layer '{layer.Name}': output mode '{outputMode}' takes {composite.Kind} matrices; received shape {inputs.Shape}."),
                _ => OfDense(inputs, weights),
            };
        }

        private static Samples OfDense(Tensor inputs, Tensor? weights)
        {
            Tensor x = Last(inputs);
            Shape outer = new(x.Shape.Dims[..^1]);
            int samples = Strides.Total(outer);
            Tensor rows = new Iota(DType.Int32, new IntList([samples, x.Shape.Dims[^1]]), 0).Apply();
            return new Samples(Flat(rows), Flat(x), weights is null ? null : Flat(Last(weights)), outer);
        }

        /// <summary>A tensor with the axis of a sample's numbers at the end.</summary>
        private static Tensor Last(Tensor x) => x.Rank == 0 ? PrimitiveOps.Reshape(x, new Shape([1])) : x.Rank > 2 ? Ops.Moveaxis(x, 1, -1) : x;

        /// <summary>How often each category occurs in each sample: int32, or sums of weights.</summary>
        public Tensor Counts(int depth)
        {
            Shape shape = new([Count, depth]);
            (Tensor numbers, Tensor inside) = Checked(Numbers, depth);
            Tensor place = PrimitiveOps.Binary(ElementwiseFunction.Add, PrimitiveOps.Binary(ElementwiseFunction.Multiply, Rows, PrimitiveOps.Scalar(DType.Int32, depth)), numbers);
            place = PrimitiveOps.Where(inside, place, PrimitiveOps.Scalar(DType.Int32, -1));
            Tensor values = Weights is null ? Ones(place.Shape, DType.Int32) : Promotion.ToSpacious(Weights);
            Tensor counts = new ScatterAdd(0, Strides.Total(shape)).Apply(place, values);
            return PrimitiveOps.Reshape(counts, new Shape([.. Outer.Dims, depth]));
        }

        /// <summary>The same with places for the categories that occur.</summary>
        public SparseTensor SparseCounts(int depth, DType dtype)
        {
            (Tensor numbers, Tensor inside) = Checked(Numbers, depth);
            Tensor values = Weights is null ? Ones(numbers.Shape, dtype) : Ops.Cast(Weights, dtype);
            SparseTensor counts = SparseFrom([Rows, numbers], inside, values, new Shape([Count, depth]), coalesced: false);
            return Outer.Rank == 1 ? counts : counts.Reshaped(new Shape([.. Outer.Dims, depth]));
        }

        /// <summary>Numbers as int32, and which of them are categories.</summary>
        public static (Tensor Numbers, Tensor Inside) Checked(Tensor numbers, int depth)
        {
            // Wide enough, so that no number is taken for another.
            Tensor wide = numbers.DType == DType.UInt64 || numbers.DType == DType.Int64 || numbers.DType == DType.UInt32 ? numbers : PrimitiveOps.Convert(numbers, DType.Int32);
            Tensor inside = ScatterAdd.Inside(wide, depth);
            return (PrimitiveOps.Convert(wide, DType.Int32), inside);
        }

        /// <summary>Ones, of which nobody may know yet how many.</summary>
        public static Tensor Ones(Shape shape, DType type) => PrimitiveOps.BroadcastTo(PrimitiveOps.Scalar(type, 1), shape);

        public static Tensor Flat(Tensor x) => PrimitiveOps.Reshape(x, new Shape([Strides.Total(x.Shape)]));

        /// <summary>A sparse tensor of values of which some do not count.</summary>
        public static SparseTensor SparseFrom(Tensor[] places, Tensor inside, Tensor values, Shape shape, bool coalesced)
        {
            if (inside is not ConcreteTensor)
            {
                Tensor first = PrimitiveOps.Where(inside, places[0], PrimitiveOps.Scalar(DType.Int32, shape.Dims[0] == Shape.Unknown ? 0 : shape.Dims[0]));
                return new SparseTensor([first, .. places[1..]], values, shape, coalesced);
            }

            int[][] coordinates = [.. places.Select(p => p.ToArray<int>())];
            ReadOnlySpan<bool> counted = inside.ToArray<bool>();
            List<int> kept = [];
            for (int i = 0; i < counted.Length; i++)
            {
                if (counted[i] && coordinates[0][i] < shape.Dims[0]) kept.Add(i);
            }

            int[,] indices = new int[kept.Count, places.Length];
            for (int i = 0; i < kept.Count; i++)
            {
                for (int axis = 0; axis < places.Length; axis++) indices[i, axis] = coordinates[axis][kept[i]];
            }

            return new SparseTensor(Tensor.From(indices), new Gather(0).Apply(values, Tensor.From<int>([.. kept])), shape);
        }
    }
}
