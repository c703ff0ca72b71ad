using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler.Rules;

/// <summary>What is done with the gradient of a maximum pooling's input, done with that of its smaller output instead.</summary>
internal static class PoolingRules
{
    /// <summary>
    /// Where the gradient is dropped at elements that are not positive (relu before the pooling), it is dropped at windows whose
    /// maximum is not positive: an element gets something from a window only if it is that window's maximum.
    /// </summary>
    public static Value? MaskOfMaxBackward(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        if (primitive is not Elementwise { Function: ElementwiseFunction.Select } || !inputs[1].Is(out MaxPoolingBackward? backward)) return null;
        Value[] operands = inputs[1].Producer!.Inputs;
        Value dy = operands[0], x = operands[1], y = operands[2];
        if (!inputs[2].IsNumber(0.0) || !inputs[0].Is(ElementwiseFunction.Greater, out Value[] compared)) return null;
        if (compared[0] != x || !compared[1].IsNumber(0.0)) return null;
        Value positive = s.Apply(ElementwiseFunction.Greater, y, compared[1]);
        return s.Apply(backward, s.Apply(ElementwiseFunction.Select, positive, dy, inputs[2]), x, y);
    }

    /// <summary>Each element of the output gives its gradient to one element of the input: the sum over positions is the same.</summary>
    public static Value? SumOfMaxBackward(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        Reduce reduce = (Reduce)primitive;
        if (reduce.Kind != ReductionKind.Sum || !inputs[0].Is(out MaxPoolingBackward? backward) || !SeesElementEverywhere(backward)) return null;
        for (int axis = 0; axis < backward.Window.Rank; axis++)
        {
            if (!reduce.Axes.Contains(axis + 1)) return null;
        }

        return s.Apply(reduce, inputs[0].Producer!.Inputs[0]);
    }

    /// <summary>Whether no window lies in the padding alone, where a gradient would go nowhere.</summary>
    private static bool SeesElementEverywhere(MaxPoolingBackward backward)
    {
        SlidingWindow window = backward.Window;
        for (int axis = 0; axis < window.Rank; axis++)
        {
            int padding = Math.Max(window.Before[axis], window.After[axis]);
            if (padding > 0 && (window.Dilations[axis] > 1 || padding >= backward.WindowDims[axis])) return false;
        }

        return true;
    }
}
