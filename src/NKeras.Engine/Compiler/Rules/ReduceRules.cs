using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler.Rules;

/// <summary>Reductions whose result is known from fewer elements.</summary>
internal static class ReduceRules
{
    /// <summary>A reduction over axes of length one is a view.</summary>
    public static Value? OverNothing(Simplifier s, Primitive primitive, Value[] inputs, Shape shape) =>
        ((Reduce)primitive).Axes.All(axis => inputs[0].Shape.Dims[axis] == 1) ? s.Fit(inputs[0], shape) : null;

    /// <summary>The sum of equal elements is a product, their extreme is any of them.</summary>
    public static Value? OfBroadcast(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        Reduce reduce = (Reduce)primitive;
        Shape full = inputs[0].Shape;
        if (!inputs[0].Is(out BroadcastTo? _) || full.Size == 0 || reduce.Kind == ReductionKind.Product) return null;
        Value source = inputs[0].Producer!.Inputs[0];
        int missing = full.Rank - source.Shape.Rank;
        if (reduce.Axes.Any(axis => axis >= missing && source.Shape.Dims[axis - missing] != 1)) return null;

        List<int> dims = [];
        for (int axis = 0; axis < full.Rank; axis++)
        {
            if (!reduce.Axes.Contains(axis)) dims.Add(axis < missing ? 1 : source.Shape.Dims[axis - missing]);
        }

        Value kept = s.Fit(source, new Shape([.. dims]));
        if (reduce.Kind != ReductionKind.Sum) return s.Fit(kept, shape);

        // Half-precision formats cannot hold large counts.
        if (source.DType == DType.Bool || (source.DType.IsFloating && source.DType.Size < 4)) return null;
        double count = 1;
        foreach (int axis in reduce.Axes) count *= full.Dims[axis];
        return s.Fit(s.Apply(ElementwiseFunction.Multiply, kept, Simplifier.Scalar(source.DType, count)), shape);
    }
}
