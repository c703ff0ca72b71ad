using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using Convert = NKeras.Engine.Primitives.Convert;

namespace NKeras.Engine.Compiler.Rules;

/// <summary>What is computed with types of 16 bits.</summary>
internal static class HalfRules
{
    /// <summary>
    /// Products and windows are computed in float32, for which there are fast kernels, and the result is rounded: sums of many
    /// numbers would need that precision anyway.
    /// </summary>
    public static Value? ComputeInSingle(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        if (Array.Find(inputs, IsHalf) is not { } half) return null;
        Value result = s.Apply(primitive, Array.ConvertAll(inputs, v => IsHalf(v) ? s.Apply(new Convert(DType.Float32), v) : v));
        return s.Apply(new Convert(half.DType), result);
    }

    private static bool IsHalf(Value value) => value.DType.IsFloating && value.DType.Size == 2;
}
