namespace NKeras.Engine.Primitives;

/// <summary>NumPy's broadcasting: shapes align at the right, and a dimension of one stretches.</summary>
internal static class Broadcasting
{
    /// <summary>The common shape of the operands.</summary>
    /// <exception cref="ArgumentException">Two dimensions differ and neither is one.</exception>
    public static Shape Result(string operation, ReadOnlySpan<TensorSpec> operands)
    {
        Shape result = operands[0].Shape;
        for (int i = 1; i < operands.Length; i++) result = Pair(operation, result, operands[i].Shape);
        return result;
    }

    /// <summary>The element of an operand that meets each element of the result, in the result's order.</summary>
    /// <returns>Per result dimension, how far the operand's index moves (0 where it is stretched).</returns>
    public static int[] Strides(Shape operand, Shape result)
    {
        int[] strides = new int[result.Rank];
        Strides(operand, result, strides);
        return strides;
    }

    /// <inheritdoc cref="Strides(Shape, Shape)"/>
    public static void Strides(Shape operand, Shape result, Span<int> strides)
    {
        strides.Clear();
        int stride = 1;
        for (int i = operand.Rank - 1; i >= 0; i--)
        {
            int at = i + result.Rank - operand.Rank;
            strides[at] = operand.Dims[i] == 1 ? 0 : stride;
            stride *= operand.Dims[i];
        }
    }

    /// <summary>Adds up what broadcasting copied: the gradient with respect to an operand of a smaller shape.</summary>
    public static Tensor SumTo(Tensor gradient, Shape shape)
    {
        if (gradient.Shape == shape) return gradient;
        int extra = gradient.Rank - shape.Rank;
        List<int> axes = [];
        for (int i = 0; i < gradient.Rank; i++)
        {
            if (i < extra || (shape.Dims[i - extra] == 1 && gradient.Shape.Dims[i] != 1)) axes.Add(i);
        }

        Tensor sum = axes.Count == 0 ? gradient : new Reduce(ReductionKind.Sum, [.. axes]).Apply(gradient);
        return PrimitiveOps.Reshape(sum, shape);
    }

    private static Shape Pair(string operation, Shape a, Shape b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        int[] dims = new int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int x = i <= a.Rank ? a.Dims[^i] : 1;
            int y = i <= b.Rank ? b.Dims[^i] : 1;
            dims[^i] = x == 1 ? y
                : y == 1 ? x
                : x == Shape.Unknown ? y
                : y == Shape.Unknown || x == y ? x
                : throw new ArgumentException($"{operation}: shapes {a} and {b} cannot be broadcast together: dimension -{i} is {x} and {y}.");
        }

        return new Shape(dims);
    }
}
