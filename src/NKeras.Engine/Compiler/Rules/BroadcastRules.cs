using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler.Rules;

/// <summary>Explicit broadcasting that implicit broadcasting makes unnecessary.</summary>
internal static class BroadcastRules
{
    /// <summary>Operands are used unstretched; if they all were stretched, the result is instead.</summary>
    public static Value? DropFromElementwise(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        if (shape.Size == 0) return null;
        Value[] small = Array.ConvertAll(inputs, v => Unstretched(v));
        return small.AsSpan().SequenceEqual(inputs) ? null : s.Fit(s.Apply(primitive, small), shape);
    }

    /// <summary>Stretching twice is stretching once; stretching by nothing is a view.</summary>
    public static Value? Merge(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        if (inputs[0].Shape == shape) return inputs[0];
        if (inputs[0].Shape.Size == shape.Size && shape.Size > 0) return s.Fit(inputs[0], shape);
        return inputs[0].Is(out BroadcastTo? _) ? s.Apply(primitive, inputs[0].Producer!.Inputs[0]) : null;
    }

    /// <summary>The number of leading dimensions of one.</summary>
    public static int LeadingOnes(Shape shape)
    {
        int count = 0;
        while (count < shape.Rank && shape.Dims[count] == 1) count++;
        return count;
    }

    private static Value Unstretched(Value value)
    {
        if (value.Shape.Size > 1 && value.IsUniform()) return FirstElement(value);
        if (value.Producer is not { } node) return value;
        return node.Primitive switch
        {
            BroadcastTo => Unstretched(node.Inputs[0]),
            Reshape when AddsLeadingOnes(node.Inputs[0].Shape, value.Shape) => Unstretched(node.Inputs[0]),
            _ => value,
        };
    }

    private static Value FirstElement(Value constant)
    {
        ConcreteTensor scalar = ConcreteTensor.Allocate(new TensorSpec(Shape.Scalar, constant.DType));
        ElementView.Of(scalar).Copy(0, ElementView.Of(constant.Constant!), 0);
        return Simplifier.Constant(scalar);
    }

    private static bool AddsLeadingOnes(Shape from, Shape to) =>
        from.Rank < to.Rank && to.Dims[^from.Rank..].SequenceEqual(from.Dims) && LeadingOnes(to) >= to.Rank - from.Rank;
}
