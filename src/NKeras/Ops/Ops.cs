using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

/// <summary>
/// Keras's functions of tensors (<c>keras.ops</c>). Each takes data, symbolic tensors and traced tensors alike: with data
/// it computes at once, with a symbolic operand it becomes a step of the model.
/// </summary>
public static partial class Ops
{
    private static Tensor Unary(ElementwiseFunction function, Tensor x, bool floating = false) =>
        OpDispatch.Call(function.ToString(), [x], t => PrimitiveOps.Unary(function, floating ? Promotion.WithFloat(t[0]) : t[0]));

    /// <summary>A function that gives fractions: integers become <see cref="Config.Floatx"/> first.</summary>
    private static Tensor Fraction(string name, ElementwiseFunction function, Tensor x) =>
        OpDispatch.Call(name, [x], t => PrimitiveOps.Unary(function, Promotion.WithFloat(t[0])));

    /// <summary>A function that gives fractions, in the type of x: those of integers are cut off.</summary>
    // Keras: so it announces for symbolic tensors, and so it does where its backend takes integers at all.
    private static Tensor FractionOfType(string name, ElementwiseFunction function, Tensor x) => OpDispatch.Call(name, [x], t =>
        PrimitiveOps.Convert(PrimitiveOps.Unary(function, Promotion.WithFloat(t[0])), Promotion.Narrow(t[0]).DType));

    private static Tensor Binary(string name, ElementwiseFunction function, Tensor x1, Tensor x2) => OpDispatch.Call(name, [x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[0], t[1]);
        return PrimitiveOps.Binary(function, a, b);
    });

    /// <summary>The axes in question, counted from zero and in order: all of them for null.</summary>
    private static int[] Axes(Tensor x, IReadOnlyList<int>? axis)
    {
        if (axis == null) return [.. Enumerable.Range(0, x.Rank)];
        int[] axes = [.. axis.Select(x.Shape.Axis).Order()];
        return axes.Distinct().Count() == axes.Length ? axes : throw new ArgumentException($"An axis is named twice in {axis} for shape {x.Shape}.", nameof(axis));
    }

    /// <summary>The shape with the given axes reduced to one.</summary>
    private static Shape Reduced(Shape shape, int[] axes)
    {
        foreach (int axis in axes) shape = shape.With(axis, 1);
        return shape;
    }
}
