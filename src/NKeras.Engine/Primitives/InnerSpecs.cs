using NKeras.Engine.Graphs;

namespace NKeras.Engine.Primitives;

/// <summary>Checks what goes into graphs inside primitives, and what comes out.</summary>
internal static class InnerSpecs
{
    /// <summary>Same type, and shapes that can stand for each other.</summary>
    public static IEqualityComparer<TensorSpec> Compatible { get; } =
        EqualityComparer<TensorSpec>.Create((a, b) => a.DType == b.DType && a.Shape.IsCompatibleWith(b.Shape), _ => 0);

    /// <exception cref="ArgumentException">The graph was made for other arguments.</exception>
    public static void Check(string name, Subgraph graph, ReadOnlySpan<TensorSpec> given)
    {
        if (given.Length != graph.Inputs.Count) throw new ArgumentException($"{name}: a graph inside takes {graph.Inputs.Count} arguments, not {given.Length}.");
        for (int i = 0; i < given.Length; i++)
        {
            if (!Compatible.Equals(given[i], graph.Inputs[i].Spec)) throw new ArgumentException($"{name}: argument {i} of a graph inside is {graph.Inputs[i].Spec}, not {given[i]}.");
        }
    }

    /// <exception cref="ArgumentException">What a loop carries changes its shape or type.</exception>
    public static void CheckCarries(string name, Subgraph body, int carries)
    {
        if (body.Outputs.Count < carries) throw new ArgumentException($"{name}: the body gives {body.Outputs.Count} results for {carries} carried values.");
        for (int i = 0; i < carries; i++)
        {
            if (!Compatible.Equals(body.Outputs[i].Spec, body.Inputs[i].Spec))
                throw new ArgumentException($"{name}: carried value {i} is {body.Inputs[i].Spec} and becomes {body.Outputs[i].Spec}.");
        }
    }
}
