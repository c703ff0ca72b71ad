using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using static NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Compiler.Rules;

/// <summary>Powers with a constant exponent that have a cheaper name.</summary>
internal static class PowerRules
{
    private const int DeepestLook = 12;

    public static Value? ConstantExponent(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        if (primitive is not Elementwise { Function: Power } || !inputs[1].IsNumber(out double exponent)) return null;
        Value x = inputs[0];
        bool isFloating = x.DType.IsFloating;
        Value? result = exponent switch
        {
            1 => x,
            2 => s.Apply(Square, x),
            3 when isFloating => s.Apply(Multiply, x, s.Apply(Square, x)),
            -1 when isFloating => s.Apply(Reciprocal, x),
            // A power of minus infinity or -0 differs from its square root.
            0.5 when IsNeverNegative(x, DeepestLook) => s.Apply(Sqrt, x),
            -0.5 when IsNeverNegative(x, DeepestLook) => s.Apply(Rsqrt, x),
            _ => null,
        };
        return result == null ? null : s.Fit(result, shape);
    }

    /// <summary>Whether the elements are known to be neither negative nor -0 (they may be NaN).</summary>
    private static bool IsNeverNegative(Value value, int depth)
    {
        if (value.IsNumber(out double number)) return !double.IsNegative(number);
        if (value.Producer is not { } node || depth == 0 || !value.DType.IsFloating) return false;
        return node.Primitive switch
        {
            Elementwise { Function: Square or Abs or Exp or Exp2 or Sigmoid or Softplus } => true,
            Elementwise { Function: Add or Multiply or Divide or Sqrt or Rsqrt or Reciprocal or Minimum } => node.Inputs.All(v => IsNeverNegative(v, depth - 1)),
            Elementwise { Function: Maximum } => node.Inputs[1].IsNumber(out double bound) && bound > 0,
            Reshape or BroadcastTo or Transpose or Slice or Primitives.Reduce { Kind: ReductionKind.Sum or ReductionKind.Max or ReductionKind.Min } => IsNeverNegative(node.Inputs[0], depth - 1),
            _ => false,
        };
    }
}
