using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Layers;

/// <summary>What layers make of numbers of categories (<c>keras.utils.numerical_utils.encode_categorical_inputs</c>): the numbers themselves, or rows with a place for each category.</summary>
internal static class IndexEncoding
{
    /// <summary>Encodes numbers of categories. Numbers out of range are left out.</summary>
    /// <param name="layer">The layer that asks, for messages.</param>
    /// <param name="indices">Whole numbers: dense, ragged or sparse.</param>
    /// <param name="mode"><c>"int"</c>: the numbers; <c>"one_hot"</c>: a row for each; <c>"multi_hot"</c> and <c>"count"</c>: a row for all along the last axis.</param>
    /// <param name="depth">The number of categories, the length of a row.</param>
    /// <param name="dtype">The type of the result.</param>
    /// <param name="sparse">Whether rows are a <see cref="SparseTensor"/>.</param>
    /// <param name="weights">With <c>"count"</c>, how much each number counts; of the numbers' shape. Each counts 1 if omitted.</param>
    /// <exception cref="ArgumentException">The numbers cannot be encoded in this way.</exception>
    public static Tensor Encode(Layer layer, Tensor indices, string mode, int depth, DType dtype, bool sparse, Tensor? weights = null)
    {
        if (mode == "int")
        {
            return indices switch
            {
                SparseTensor s => s.WithValues(Ops.Cast(s.Values, dtype)),
                RaggedTensor r => r.WithValues(Ops.Cast(r.Values, dtype)),
                _ => Ops.Cast(indices, dtype),
            };
        }

        if (mode == "one_hot") return OneHot(layer, indices, depth, dtype, sparse);
        if (indices is not CompositeTensor && !indices.Shape.IsKnown && !sparse)
        {
            // While shapes are inferred there are no rows to count.
            return Ops.Sum(Ops.OneHot(indices.Rank == 0 ? Ops.ExpandDims(indices, 0) : indices, depth, dtype: dtype), -2);
        }

        (Tensor numbers, Tensor rows, int[] outer) = Parts(layer, indices);
        Tensor inside = ScatterAdd.Inside(numbers, depth);
        Tensor amounts = weights is null ? PrimitiveOps.Convert(inside, DType.Float32) : Ops.Cast(Ops.Reshape(weights, [-1]), DType.Float32);
        if (sparse) return Sparse(layer, numbers, rows, amounts, outer, mode, depth, dtype);
        int count = outer.Contains(Shape.Unknown) ? Shape.Unknown : outer.Aggregate(1, (a, b) => a * b);
        int length = count == Shape.Unknown ? Shape.Unknown : checked(count * depth);
        Tensor places = (rows * PrimitiveOps.Scalar(DType.Int32, depth)) + PrimitiveOps.Convert(numbers, DType.Int32);
        Tensor sums = new ScatterAdd(0, length).Apply(PrimitiveOps.Where(inside, places, PrimitiveOps.ScalarLike(places, -1)), amounts);
        Tensor result = PrimitiveOps.Reshape(sums, new Shape([.. outer, depth]));
        return PrimitiveOps.Convert(mode == "count" ? result : PrimitiveOps.Binary(ElementwiseFunction.Greater, result, PrimitiveOps.ScalarLike(result, 0)), dtype);
    }

    private static Tensor OneHot(Layer layer, Tensor indices, int depth, DType dtype, bool sparse)
    {
        switch (indices)
        {
            case SparseTensor:
                throw new ArgumentException($"Layer '{layer.Name}': outputMode \"one_hot\" encodes every element, so it takes no sparse tensor; received {indices}. Use \"multi_hot\".");
            case RaggedTensor when sparse:
                throw new ArgumentException($"Layer '{layer.Name}': outputMode \"one_hot\" makes ragged rows of a ragged tensor, which cannot be sparse.");
            case RaggedTensor ragged:
                return ragged.WithValues(Ops.OneHot(ragged.Values, depth, dtype: dtype));
        }

        Tensor numbers = indices.Rank == 0 ? Ops.ExpandDims(indices, 0) : indices.Rank > 1 && indices.Shape[-1] == 1 ? Ops.Squeeze(indices, -1) : indices;
        return Ops.OneHot(numbers, depth, dtype: dtype, sparse: sparse);
    }

    /// <summary>The numbers one after the other, the row of each, and the shape that rows have among themselves.</summary>
    private static (Tensor Numbers, Tensor Rows, int[] Outer) Parts(Layer layer, Tensor indices)
    {
        switch (indices)
        {
            case RaggedTensor { Values.Rank: 1 } ragged:
                return (ragged.Values, ragged.RowIds, [ragged.Shape.Dims[0]]);
            case SparseTensor { Rank: 2 } sparse:
                return (sparse.Values, sparse.Coordinates[0], [sparse.Shape.Dims[0]]);
            case CompositeTensor:
                throw new ArgumentException($"Layer '{layer.Name}' makes a row of each row of numbers, so it takes ragged and sparse tensors with 2 dimensions; received {indices}.");
        }

        int[] outer = indices.Rank == 0 ? [] : [.. indices.Shape.Dims[..^1]];
        int length = indices.Rank == 0 ? 1 : indices.Shape.Dims[^1];
        if (!indices.Shape.IsKnown)
        {
            Tensor some = Trace.Undetermined("IndexEncoding", indices, new TensorSpec(new Shape([Shape.Unknown]), DType.Int32));
            return (some, some, outer);
        }

        int count = outer.Aggregate(1, (a, b) => a * b);
        Tensor rows = PrimitiveOps.BroadcastTo(PrimitiveOps.Reshape(new Iota(DType.Int32, new IntList([count]), 0).Apply(), new Shape([count, 1])), new Shape([count, length]));
        return (PrimitiveOps.Reshape(indices, new Shape([count * length])), PrimitiveOps.Reshape(rows, new Shape([count * length])), outer);
    }

    /// <summary>Rows of which only the places in use are kept. How many these are depends on the numbers, so they are found on the host.</summary>
    private static SparseTensor Sparse(Layer layer, Tensor numbers, Tensor rows, Tensor amounts, int[] outer, string mode, int depth, DType dtype)
    {
        if (outer.Length > 1) throw new ArgumentException($"Layer '{layer.Name}': sparse rows are made of numbers with 2 dimensions at most; received {outer.Length + 1}.");
        TensorSpec places = new(new Shape([Shape.Unknown]), DType.Int32);
        Tensor[] parts = HostFunction.Call(
            $"Layer '{layer.Name}'", [numbers, rows, amounts], _ => [places, places, places with { DType = DType.Float32 }], t => Places(t[0], t[1], t[2], mode == "count", depth));
        return new SparseTensor(outer.Length == 0 ? [parts[1]] : [parts[0], parts[1]], Ops.Cast(parts[2], dtype), new Shape([.. outer, depth]), coalesced: true);
    }

    private static Tensor[] Places(Tensor numbers, Tensor rows, Tensor amounts, bool counts, int depth)
    {
        ElementView view = ElementView.Of(numbers);
        int[] row = rows.ToArray<int>();
        float[] amount = amounts.ToArray<float>();
        int[] inside = [.. Enumerable.Range(0, row.Length).Where(i => view.Long(i) >= 0 && view.Long(i) < depth)];
        long[] place = [.. inside.Select(i => ((long)row[i] * depth) + view.Long(i))];
        GC.KeepAlive(numbers); // A view is a bare pointer.
        Array.Sort(place, inside);
        List<(long Place, float Amount)> found = [];
        for (int i = 0; i < place.Length; i++)
        {
            bool isNew = found.Count == 0 || found[^1].Place != place[i];
            if (isNew) found.Add((place[i], counts ? amount[inside[i]] : 1));
            else if (counts) found[^1] = (place[i], found[^1].Amount + amount[inside[i]]);
        }

        return [Tensor.From<int>([.. found.Select(f => (int)(f.Place / depth))]), Tensor.From<int>([.. found.Select(f => (int)(f.Place % depth))]), Tensor.From<float>([.. found.Select(f => f.Amount)])];
    }
}
