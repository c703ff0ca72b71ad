using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler.Rules;

/// <summary>Reshapes move toward the results, out from between the operations that are fused.</summary>
internal static class ReshapeRules
{
    /// <summary>Reshaping twice is reshaping once; to the same shape it is nothing.</summary>
    public static Value? Merge(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        if (inputs[0].Shape == shape) return inputs[0];
        return inputs[0].Is(out Reshape? _) ? s.Fit(inputs[0].Producer!.Inputs[0], shape) : null;
    }

    /// <summary>f(reshape(x), y) is reshape(f(x, y')), if the other operands can be seen under the shape of x.</summary>
    public static Value? SinkBelowElementwise(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        // Below a scalar there is nothing to gain: its operands would be seen as the scalars they are, again and again.
        if (shape.Rank == 0 || shape.Size == 0 || inputs.FirstOrDefault(v => v.Shape == shape && v.Is(out Reshape? _)) is not { } view) return null;
        Shape target = view.Producer!.Inputs[0].Shape;

        // Another operand of the full size may need a reshape instead. Fewer reshapes or lower ranks: this comes to an end.
        int before = inputs.Count(v => v.Shape == shape && v.Is(out Reshape? _));
        int after = inputs.Count(v => v.Shape == shape && !(v.Is(out Reshape? _) && v.Producer!.Inputs[0].Shape == target));
        if (after > before || (after == before && target.Rank >= shape.Rank)) return null;
        List<ShapeGroup> groups = ShapeGroup.Align(shape, target);
        Shape[] seen = new Shape[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (SeenUnder(inputs[i].Shape, shape, target, groups) is not { } other) return null;
            seen[i] = other;
        }

        Value[] operands = new Value[inputs.Length];
        for (int i = 0; i < inputs.Length; i++) operands[i] = s.Fit(inputs[i], seen[i]);
        return s.Fit(s.Apply(primitive, operands), shape);
    }

    /// <summary>Reducing reshape(x) is reshaping a reduction of x, if no run of axes that was merged or split is reduced in part.</summary>
    public static Value? SinkBelowReduce(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        Shape view = inputs[0].Shape;
        if (view.Size == 0 || !inputs[0].Is(out Reshape? _)) return null;
        Reduce reduce = (Reduce)primitive;
        Value source = inputs[0].Producer!.Inputs[0];
        List<int> axes = [];
        foreach (ShapeGroup group in ShapeGroup.Align(view, source.Shape))
        {
            int reduced = 0, kept = 0;
            for (int axis = group.Left.Start.Value; axis < group.Left.End.Value; axis++)
            {
                if (view.Dims[axis] == 1) continue;
                if (reduce.Axes.Contains(axis)) reduced++;
                else kept++;
            }

            if (reduced > 0 && kept > 0) return null;
            for (int axis = group.Right.Start.Value; reduced > 0 && axis < group.Right.End.Value; axis++) axes.Add(axis);
        }

        return s.Fit(s.Apply(reduce with { Axes = [.. axes] }, source), shape);
    }

    /// <summary>The shape of an operand that broadcasts to <paramref name="target"/> as it does to <paramref name="shape"/>; null if there is none.</summary>
    private static Shape? SeenUnder(Shape operand, Shape shape, Shape target, List<ShapeGroup> groups)
    {
        if (operand.Size == 1) return Shape.Scalar;
        int missing = shape.Rank - operand.Rank;
        int[] dims = new int[target.Rank];
        Array.Fill(dims, 1);
        foreach (ShapeGroup group in groups)
        {
            bool stretched = false, whole = false;
            for (int axis = group.Left.Start.Value; axis < group.Left.End.Value; axis++)
            {
                if (shape.Dims[axis] == 1) continue;
                if (axis < missing || operand.Dims[axis - missing] == 1) stretched = true;
                else whole = true;
            }

            if (stretched && whole) return null;
            if (whole) target.Dims[group.Right].CopyTo(dims.AsSpan(group.Right));
        }

        return new Shape(dims);
    }
}
