using NKeras.Engine.Graphs;

namespace NKeras.Engine.Compiler;

/// <summary>Removes nodes that no result depends on.</summary>
internal static class DeadCode
{
    public static Graph Run(Graph graph)
    {
        HashSet<Value> live = [.. graph.Results];
        HashSet<Node> kept = [];
        for (int i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            Node node = graph.Nodes[i];
            if (!node.Outputs.Any(live.Contains)) continue;
            kept.Add(node);
            live.UnionWith(node.Inputs);
        }

        GraphRewriter rewriter = new(graph);
        foreach (Node node in graph.Nodes)
        {
            if (kept.Contains(node)) rewriter.Keep(node);
            else rewriter.Drop();
        }

        return rewriter.Finish();
    }
}
