using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>A loop that is only reduced computes its elements inside the reduction.</summary>
internal static class ReductionFusion
{
    public static Graph Run(Graph graph)
    {
        GraphRewriter rewriter = new(graph);
        Dictionary<Value, int> uses = graph.CountUses();
        foreach (Node node in graph.Nodes)
        {
            if (IsFusable(node) && uses[node.Inputs[0]] == 1
                && node.Inputs[0].Producer is { Primitive: FusedElementwise { Program: var program }, Outputs.Length: 1 } loop)
                rewriter.Replace(node.Outputs, rewriter.Emit(new FusedReduce(program, (Reduce)node.Primitive), rewriter.MapInputs(loop)));
            else
                rewriter.Keep(node);
        }

        return rewriter.Finish();
    }

    /// <summary>Whether a node is a reduction of a type that programs compute.</summary>
    public static bool IsFusable(Node node) => node.Primitive is Reduce reduce
        && node.Output.DType == (reduce.Kind is ReductionKind.Any or ReductionKind.All ? DType.Bool : DType.Float32);
}
