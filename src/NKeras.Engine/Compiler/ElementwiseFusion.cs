using NKeras.Engine.Cpu;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>Gathers element-wise nodes of one shape into single loops, so that what passes between them stays in registers.</summary>
/// <remarks>
/// First, from the results up, what one cluster alone uses joins it: a backward pass then recomputes cheap things where it
/// needs them instead of having the forward pass store them. Then producers join their users, which may give several
/// results (a weight and its optimizer slots), and last clusters that read the same tensor join, and those of scalars.
/// </remarks>
internal sealed class ElementwiseFusion
{
    private const int MostPointers = 24;
    private const int MostInstructions = 64;
    private const int MostReadTwice = 2;

    private readonly Graph _graph;
    private readonly NodeClusters _clusters;
    private readonly bool[] _fusable;

    private ElementwiseFusion(Graph graph)
    {
        _graph = graph;
        _clusters = new NodeClusters(graph);
        _fusable = [.. graph.Nodes.Select(IsFusable)];
    }

    public static Graph Run(Graph graph)
    {
        ElementwiseFusion fusion = new(graph);
        fusion.JoinOnlyUsers();
        fusion.JoinProducers();
        fusion.JoinSiblings();
        fusion.JoinScalars();
        return fusion.Rebuild();
    }

    private static bool IsFusable(Node node)
    {
        if (!ProgramBuilder.CanTranslate(node) || node.Output.Shape.Size == 0) return false;
        // A loop is as long as what enters it, which numbers do not: one of shape (1,) and a scalar give (1,), the scalar alone does not.
        TensorSpec[] inputs = [.. new ProgramBuilder([node]).Inputs.Select(v => v.Spec)];
        return inputs.Length > 0 && Broadcasting.Result(node.Primitive.Name, inputs) == node.Output.Shape;
    }

    private void JoinOnlyUsers()
    {
        for (int i = _graph.Nodes.Count - 1; i >= 0; i--)
        {
            if (!_fusable[i] || _clusters.IsResult(_graph.Nodes[i].Output)) continue;
            int[] users = [.. _clusters.Consumers(_graph.Nodes[i].Output).Select(c => _clusters[c]).Distinct()];
            if (users.Length == 1 && IsAlike(i, users[0]) && Fits(_clusters[i], users[0])) _clusters.MergeIntoUser(_clusters[i], users[0]);
        }
    }

    private void JoinProducers()
    {
        for (int i = 0; i < _graph.Nodes.Count; i++)
        {
            if (!_fusable[i]) continue;
            foreach (Value input in _graph.Nodes[i].Inputs)
            {
                if (input.Producer is { } producer) Join(_clusters[_clusters.PositionOf(producer)], _clusters[i]);
            }
        }
    }

    private void JoinSiblings()
    {
        foreach (Value value in _graph.Nodes.SelectMany(n => n.Inputs).Distinct().ToArray())
        {
            int[] readers = [.. _clusters.Consumers(value).Where(c => _fusable[c] && _graph.Nodes[c].Output.Shape == value.Shape)];
            for (int k = 1; k < readers.Length; k++) Join(_clusters[readers[k - 1]], _clusters[readers[k]]);
        }
    }

    /// <summary>Starting a loop takes longer than computing a scalar.</summary>
    private void JoinScalars()
    {
        int[] scalars = [.. Enumerable.Range(0, _graph.Nodes.Count).Where(i => _fusable[i] && _graph.Nodes[i].Output.Shape.Size == 1)];
        for (int k = 1; k < scalars.Length; k++) Join(_clusters[scalars[k - 1]], _clusters[scalars[k]]);
    }

    private void Join(int a, int b)
    {
        if (a != b && IsAlike(_clusters.Members(a)[0], b) && !IsReduced(a) && !IsReduced(b) && Fits(a, b)) _clusters.TryMerge(a, b);
    }

    /// <summary>
    /// Whether a cluster is there for a reduction alone, which can compute it from few tensors. In a larger cluster its result
    /// would have to be stored.
    /// </summary>
    private bool IsReduced(int cluster)
    {
        Node[] nodes = [.. _clusters.Members(cluster).Select(i => _graph.Nodes[i])];
        Node last = nodes[^1];
        return _clusters.Consumers(last.Output) is [int user] && ReductionFusion.IsFusable(_graph.Nodes[user]) && !_clusters.IsResult(last.Output)
            && nodes.SkipLast(1).All(n => !_clusters.Escapes(n.Output, cluster, cluster))
            && new ProgramBuilder(nodes).Inputs.Count(v => v.Shape == last.Output.Shape) <= MostReadTwice;
    }

    private bool IsAlike(int node, int cluster)
    {
        int other = _clusters.Members(cluster)[0];
        return _fusable[node] && _fusable[other] && _graph.Nodes[node].Output.Shape == _graph.Nodes[other].Output.Shape;
    }

    private bool Fits(int a, int b)
    {
        Node[] nodes = [.. _clusters.Members(a).Concat(_clusters.Members(b)).Order().Select(i => _graph.Nodes[i])];
        int outputs = nodes.Count(n => _clusters.Escapes(n.Output, a, b));
        return nodes.Length <= MostInstructions && outputs + new ProgramBuilder(nodes).Inputs.Count <= MostPointers;
    }

    private Graph Rebuild()
    {
        GraphRewriter rewriter = new(_graph);
        foreach (int cluster in _clusters.InOrder())
        {
            Node[] nodes = [.. _clusters.Members(cluster).Select(i => _graph.Nodes[i])];
            if (!_fusable[_clusters.Members(cluster)[0]])
            {
                rewriter.Keep(nodes[0]);
                continue;
            }

            ProgramBuilder builder = new(nodes);
            Value[] outputs = [.. nodes.Select(n => n.Output).Where(v => _clusters.Escapes(v, cluster, cluster))];
            ElementwiseProgram program = builder.Build(outputs);
            rewriter.Replace(outputs, rewriter.Emit(new FusedElementwise(program), [.. builder.Inputs.Select(rewriter.Map)]));
        }

        return rewriter.Finish();
    }
}
