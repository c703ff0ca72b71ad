using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using Convert = NKeras.Engine.Primitives.Convert;

namespace NKeras.Engine.Compiler.Rules;

/// <summary>Operations that with these attributes only copy.</summary>
internal static class CopyRules
{
    /// <summary>A conversion to the same type; and where a boolean takes a detour, the direct way: 0 and 1 exist in every type.</summary>
    public static Value? Conversion(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        Value x = inputs[0];
        if (x.DType == ((Convert)primitive).Type) return x;
        return x.Is(out Convert? _) && x.Producer!.Inputs[0].DType == DType.Bool ? s.Apply(primitive, x.Producer.Inputs[0]) : null;
    }

    public static Value? WholeSlice(Simplifier s, Primitive primitive, Value[] inputs, Shape shape) =>
        inputs[0].Shape == shape && ((Slice)primitive).Steps.All(step => step == 1) ? inputs[0] : null;

    public static Value? EmptyPad(Simplifier s, Primitive primitive, Value[] inputs, Shape shape) =>
        inputs[0].Shape == shape && shape.Size > 0 ? inputs[0] : null;

    public static Value? ConcatenationOfOne(Simplifier s, Primitive primitive, Value[] inputs, Shape shape) =>
        inputs.Length == 1 ? inputs[0] : null;

    /// <summary>Gradients have been taken by the time a graph is optimised.</summary>
    public static Value? StopGradient(Simplifier s, Primitive primitive, Value[] inputs, Shape shape) => inputs[0];
}
