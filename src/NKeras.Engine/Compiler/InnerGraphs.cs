using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>
/// Simplifies the graphs inside primitives, and what goes into and comes out of them: results that nobody uses are not computed,
/// constants are known inside, and what is the same in all steps of a loop is computed once.
/// </summary>
internal static class InnerGraphs
{
    public static Graph Run(Graph graph)
    {
        if (!graph.Nodes.Any(n => n.Primitive is Conditional or WhileLoop or Scan)) return graph;
        graph = ScanMerging.Run(graph);
        HashSet<Value> used = [.. graph.Nodes.SelectMany(n => n.Inputs), .. graph.Results];
        GraphRewriter rewriter = new(graph);
        foreach (Node node in graph.Nodes)
        {
            switch (node.Primitive)
            {
                case Conditional conditional: ConditionalSlimming.Run(rewriter, node, conditional, used); break;
                case WhileLoop loop: WhileSlimming.Run(rewriter, node, loop, used); break;
                case Scan scan: new ScanSlimming(rewriter, node, scan, used).Run(); break;
                default: rewriter.Keep(node); break;
            }
        }

        return rewriter.Finish();
    }

    /// <summary>The same graph with other inputs and outputs, some values replaced, and what is not needed then left out.</summary>
    public static Subgraph Rebuild(Graph graph, IEnumerable<(Value Old, Value New)> replaced, IReadOnlyList<Value> inputs, IEnumerable<Value> outputs)
    {
        GraphRewriter rewriter = new(graph);
        foreach ((Value old, Value replacement) in replaced) rewriter.Replace([old], [replacement]);
        foreach (Node node in graph.Nodes) rewriter.Keep(node);
        return new Subgraph(inputs, rewriter.Finish().Nodes, [.. outputs.Select(rewriter.Map)]);
    }

    /// <summary>The values that some values depend on, themselves included.</summary>
    public static HashSet<Value> Needed(Graph graph, IEnumerable<Value> wanted)
    {
        HashSet<Value> needed = [.. wanted];
        for (int i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            if (graph.Nodes[i].Outputs.Any(needed.Contains)) needed.UnionWith(graph.Nodes[i].Inputs);
        }

        return needed;
    }

    /// <summary>The values needed of a loop's body for some of its results, where a carried value needs its next value.</summary>
    public static HashSet<Value> NeededInLoop(Graph body, int carries, IEnumerable<Value> wanted)
    {
        HashSet<Value> roots = [.. wanted];
        while (true)
        {
            HashSet<Value> needed = Needed(body, roots);
            int before = roots.Count;
            for (int i = 0; i < carries; i++)
            {
                if (needed.Contains(body.Inputs[i])) roots.Add(body.Outputs[i]);
            }

            if (roots.Count == before) return needed;
        }
    }
}
