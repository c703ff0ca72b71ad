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
            if (node.Primitive is Reduce reduce && HasKernel(reduce, node.Output.DType) && uses[node.Inputs[0]] == 1
                && node.Inputs[0].Producer is { Primitive: FusedElementwise { Program: var program }, Outputs.Length: 1 } loop)
                rewriter.Replace(node.Outputs, rewriter.Emit(new FusedReduce(program, reduce), rewriter.MapInputs(loop)));
            else
                rewriter.Keep(node);
        }

        return rewriter.Finish();
    }

    private static bool HasKernel(Reduce reduce, DType type) =>
        type == (reduce.Kind is ReductionKind.Any or ReductionKind.All ? DType.Bool : DType.Float32);
}
