using NKeras.Engine.Cpu;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>A pooling of a convolution's result becomes part of the convolution, which may then never store the result as a whole.</summary>
internal static class PoolingFusion
{
    public static Graph Run(Graph graph)
    {
        GraphRewriter rewriter = new(graph);
        NodeClusters uses = new(graph);
        Dictionary<Node, Node> poolings = [];
        foreach (Node node in graph.Nodes)
        {
            if (node.Primitive is Pooling && node.Inputs[0].Producer is { } producer && CanFuse(node, producer)) poolings.TryAdd(producer, node);
        }

        HashSet<Node> fused = [.. poolings.Values];
        foreach (Node node in graph.Nodes)
        {
            if (poolings.TryGetValue(node, out Node? pooling))
            {
                bool isKept = uses.IsResult(node.Output) || uses.Consumers(node.Output).Count > 1;
                PooledConvolution both = new(FusableProducts.Of(node.Output)!, (Pooling)pooling.Primitive, isKept);
                Value[] results = rewriter.Emit(both, rewriter.MapInputs(node));
                rewriter.Replace(pooling.Outputs, results.AsSpan(0, 1));
                if (isKept) rewriter.Replace(node.Outputs, results.AsSpan(1));
            }
            else if (!fused.Contains(node))
            {
                rewriter.Keep(node);
            }
        }

        return rewriter.Finish();
    }

    private static bool CanFuse(Node pooling, Node producer) =>
        FusableProducts.Of(pooling.Inputs[0]) is { Product: Primitives.Convolution, Tail: null }
        && PooledConvolutionParts.Pays(producer.Output.Shape);
}
