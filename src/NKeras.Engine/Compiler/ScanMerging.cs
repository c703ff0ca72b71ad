using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>Makes one of scans that take and carry the same: the way forward, and its repetition that stacks what the way back needs.</summary>
internal static class ScanMerging
{
    public static Graph Run(Graph graph)
    {
        Dictionary<Node, (Scan Scan, List<(Node Node, int Start)> Merged)> firsts = [];
        Dictionary<Node, Node> firstOf = [];
        foreach (Node node in graph.Nodes)
        {
            if (node.Primitive is not Scan scan) continue;
            foreach ((Node first, (Scan Scan, List<(Node, int)> Merged) entry) in firsts)
            {
                if (!first.Inputs.AsSpan().SequenceEqual(node.Inputs) || Merge(entry.Scan, scan) is not { } merged) continue;
                entry.Merged.Add((node, entry.Scan.Body.Outputs.Count));
                firsts[first] = (merged, entry.Merged);
                firstOf[node] = first;
                break;
            }

            if (!firstOf.ContainsKey(node)) firsts[node] = (scan, []);
        }

        if (firstOf.Count == 0) return graph;
        GraphRewriter rewriter = new(graph);
        foreach (Node node in graph.Nodes)
        {
            if (firstOf.ContainsKey(node))
            {
                rewriter.Drop();
            }
            else if (firsts.TryGetValue(node, out (Scan Scan, List<(Node Node, int Start)> Merged) entry) && entry.Merged.Count > 0)
            {
                Value[] results = rewriter.Emit(entry.Scan, rewriter.MapInputs(node));
                rewriter.Replace(node.Outputs, results.AsSpan(0, node.Outputs.Length));
                foreach ((Node other, int start) in entry.Merged)
                {
                    int carries = entry.Scan.Carries;
                    rewriter.Replace(other.Outputs.AsSpan(0, carries), results.AsSpan(0, carries));
                    rewriter.Replace(other.Outputs.AsSpan(carries), results.AsSpan(start, other.Outputs.Length - carries));
                }
            }
            else
            {
                rewriter.Keep(node);
            }
        }

        return rewriter.Finish();
    }

    /// <summary>A scan that gives the stacked results of both; null if they do not carry the same.</summary>
    private static Scan? Merge(Scan a, Scan b)
    {
        if (a.Length != b.Length || a.Carries != b.Carries || a.Sequences != b.Sequences || a.Reverse != b.Reverse) return null;
        GraphRewriter rewriter = new(b.Body.Graph);
        rewriter.Replace([.. b.Body.Inputs], [.. a.Body.Inputs]);
        foreach (Node node in b.Body.Nodes) rewriter.Keep(node);
        Graph both = CommonSubexpressions.Run(new Graph
        {
            Inputs = a.Body.Inputs,
            Nodes = [.. a.Body.Nodes, .. rewriter.Finish().Nodes],
            Outputs = [.. a.Body.Outputs, .. b.Body.Outputs.Select(rewriter.Map)],
            Updates = [],
        });
        int results = a.Body.Outputs.Count;
        for (int i = 0; i < a.Carries; i++)
        {
            if (both.Outputs[i] != both.Outputs[results + i]) return null;
        }

        return a with { Body = new Subgraph(both.Inputs, both.Nodes, [.. both.Outputs.Take(results), .. both.Outputs.Skip(results + a.Carries)]) };
    }
}
