using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using Convert = NKeras.Engine.Primitives.Convert;

namespace NKeras.Engine.Compiler.Rules;

/// <summary>What is computed with types of 16 bits.</summary>
internal static class HalfRules
{
    /// <summary>
    /// It is computed in float32, for which there are fast kernels, and the result rounded. Sums of many numbers need that precision
    /// anyway, and of single operations float32 has more than twice the digits, so that rounding twice is rounding once.
    /// </summary>
    public static Value? ComputeInSingle(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        if (Array.Find(inputs, IsHalf) is not { } half) return null;
        Value result = s.Apply(primitive, Array.ConvertAll(inputs, v => IsHalf(v) ? s.Apply(new Convert(DType.Float32), v) : v));
        return result.DType == DType.Float32 ? s.Apply(new Convert(half.DType), result) : result;
    }

    private static bool IsHalf(Value value) => value.DType.IsFloating && value.DType.Size == 2;
}
