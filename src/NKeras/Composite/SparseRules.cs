using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>What functions of <c>Ops</c> do with sparse tensors. What cannot be sparse any more comes out dense, as in Keras on TensorFlow.</summary>
internal static class SparseRules
{
    public static Tensor Apply(string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function)
    {
        if (CompositeRules.IsElementwise(name) && inputs[0] is SparseTensor only && inputs.Count(t => t is SparseTensor) == 1) return Unary(name, only, inputs, function);
        return name switch
        {
            "Matmul" when inputs[0] is SparseTensor a && inputs[1] is not SparseTensor && inputs[1].Rank == 2 && a.Rank > 1 => TimesMatrix(a, inputs[1]),
            "Matmul" when inputs[1] is SparseTensor { Rank: 2 } b && inputs[0] is not SparseTensor && inputs[0].Rank > 1 => FromLeft(inputs[0], b),
            "Matmul" => Dense(inputs, function),
            "Multiply" => Multiply(inputs[0], inputs[1]) ?? Dense(inputs, function),
            "Divide" or "TrueDivide" when inputs is [SparseTensor x, { Rank: 0 }] => x.WithValues(Ops.Divide(x.Values, inputs[1])),
            "Add" when AreBothLike(inputs, out SparseTensor a, out SparseTensor b) => Together(a, b, negative: false),
            "Subtract" when AreBothLike(inputs, out SparseTensor a, out SparseTensor b) => Together(a, b, negative: true),
            "Concatenate" => Concatenate(inputs, function),
            "Reshape" or "ExpandDims" or "Squeeze" when inputs[0] is SparseTensor x => x.Reshaped(ShapeOf(x, function)),
            "Take" when inputs[0] is not SparseTensor => Dense(inputs, function),
            _ when CompositeRules.IsBinary(name) => Dense(inputs, function),
            _ => throw CompositeRules.NoRule(name, inputs),
        };
    }

    private static Tensor Dense(IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function) => function([.. inputs.Select(CompositeRules.Dense)]);

    /// <summary>A function that leaves zeros zero is applied to the values; others make the tensor dense.</summary>
    private static Tensor Unary(string name, SparseTensor x, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function)
    {
        bool linear = name is "Negative" or "StopGradient" || (name == "Cast" && x.DType.IsFloating);
        bool known = inputs.Skip(1).All(t => t is ConcreteTensor);
        if (!linear && (!x.Coalesced || !known || !IsZero(function([PrimitiveOps.Scalar(x.DType, 0), .. inputs.Skip(1)])))) return Dense(inputs, function);
        Tensor values = function([x.Values, .. inputs.Skip(1)]);
        return linear && !x.Coalesced && !values.DType.IsFloating ? Dense(inputs, function) : x.WithValues(values);
    }

    private static bool IsZero(Tensor scalar) => scalar is ConcreteTensor && ElementView.Of(scalar).Number(0) == 0;

    private static Tensor TimesMatrix(SparseTensor a, Tensor b)
    {
        (int inner, int rows) = (a.Shape.Dims[^1], b.Shape.Dims[0]);
        if (inner != rows && inner != Shape.Unknown && rows != Shape.Unknown) throw InnerDiffer(a, b, inner, rows);
        DType type = Promotion.ResultType(a.Values, b);
        return a.WithValues(Promotion.As(a.Values, type)).TimesMatrix(Promotion.As(b, type));
    }

    private static Tensor FromLeft(Tensor a, SparseTensor b)
    {
        (int inner, int rows) = (a.Shape.Dims[^1], b.Shape.Dims[0]);
        if (inner != rows && inner != Shape.Unknown && rows != Shape.Unknown) throw InnerDiffer(a, b, inner, rows);
        DType type = Promotion.ResultType(a, b.Values);
        return b.WithValues(Promotion.As(b.Values, type)).TimesFromLeft(Promotion.As(a, type));
    }

    private static ArgumentException InnerDiffer(Tensor a, Tensor b, int inner, int rows) =>
        new($"Matmul: the inner dimensions of shapes {a.Shape} and {b.Shape} differ: {inner} and {rows}.");

    /// <summary>A product is zero where a factor is, so it has values where the sparse one has. Null where broadcasting makes it larger.</summary>
    private static SparseTensor? Multiply(Tensor a, Tensor b)
    {
        (SparseTensor sparse, Tensor other) = a is SparseTensor first ? (first, b) : ((SparseTensor)b, a);
        if (other.Rank > sparse.Rank) return null;
        for (int i = 1; i <= other.Rank; i++)
        {
            if (other.Shape[-i] is not 1 && sparse.Shape[-i] is 1) return null;
            if (other.Shape[-i] is { } d && d != 1 && sparse.Shape[-i] is { } there && there != d) return null; // The dense function says why not.
        }

        return sparse.WithValues(Ops.Multiply(sparse.Values, sparse.At(CompositeRules.Dense(other))));
    }

    private static bool AreBothLike(IReadOnlyList<Tensor> inputs, out SparseTensor a, out SparseTensor b)
    {
        (a, b) = ((inputs[0] as SparseTensor)!, (inputs[1] as SparseTensor)!);
        return a is not null && b is not null && a.Shape.IsCompatibleWith(b.Shape);
    }

    private static SparseTensor Together(SparseTensor a, SparseTensor b, bool negative)
    {
        (Tensor x, Tensor y) = Promotion.Unify(a.Values, b.Values);
        return SparseTensor.Together([a.WithValues(x), b.WithValues(negative ? Ops.Negative(y) : y)], a.Shape);
    }

    private static Tensor Concatenate(IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function)
    {
        if (!inputs.All(t => t is SparseTensor)) return Dense(inputs, function);
        Shape joined = Infer([.. inputs.Select(t => t.Spec)], function).Shape;
        // The axis is where dimensions add up. Along the first, values that fill up a batch would come into it.
        int axis = Enumerable.Range(0, joined.Rank).FirstOrDefault(k => joined.Dims[k] != inputs[0].Shape.Dims[k]);
        if (axis == 0 || inputs.Any(t => t.Shape.Dims[axis] == Shape.Unknown)) return Dense(inputs, function);
        DType type = inputs.Select(t => ((SparseTensor)t).Values).Aggregate((a, b) => Promotion.Unify(a, b).A).DType;
        int[] offsets = new int[inputs.Count];
        for (int i = 1; i < offsets.Length; i++) offsets[i] = offsets[i - 1] + inputs[i - 1].Shape.Dims[axis];
        return SparseTensor.Together([.. inputs.Select(t => ((SparseTensor)t).WithValues(PrimitiveOps.Convert(((SparseTensor)t).Values, type)))], joined, axis, offsets);
    }

    private static Shape ShapeOf(SparseTensor x, Func<IReadOnlyList<Tensor>, Tensor> function) => Infer([x.Spec], function).Shape;

    private static TensorSpec Infer(TensorSpec[] specs, Func<IReadOnlyList<Tensor>, Tensor> function) => Trace.InferSpecs(specs, t => [function(t)])[0];
}
