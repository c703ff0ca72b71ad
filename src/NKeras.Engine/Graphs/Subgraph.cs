using NKeras.Engine.Primitives;

namespace NKeras.Engine.Graphs;

/// <summary>A graph inside a primitive: a branch, or the body of a loop. It depends on its arguments only.</summary>
/// <remarks>
/// Two are equal if they compute the same in the same way, which is what common-subexpression elimination and the cache of
/// eager calls go by.
/// </remarks>
internal sealed class Subgraph : IEquatable<Subgraph>
{
    private GraphKey? _key;

    public Subgraph(Graph graph)
    {
        if (graph.Updates.Count > 0) throw new ArgumentException("A graph inside a primitive cannot update state.", nameof(graph));
        Graph = graph;
    }

    /// <summary>A graph of those of some nodes that the outputs depend on.</summary>
    public Subgraph(IReadOnlyList<Value> inputs, IReadOnlyList<Node> nodes, IReadOnlyList<Value> outputs)
    {
        HashSet<Value> live = [.. outputs];
        List<Node> kept = [];
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            if (!nodes[i].Outputs.Any(live.Contains)) continue;
            kept.Add(nodes[i]);
            live.UnionWith(nodes[i].Inputs);
        }

        kept.Reverse();
        Graph = new Graph { Inputs = inputs, Nodes = kept, Outputs = outputs, Updates = [] };
    }

    public Graph Graph { get; }

    public IReadOnlyList<Value> Inputs => Graph.Inputs;

    public IReadOnlyList<Node> Nodes => Graph.Nodes;

    public IReadOnlyList<Value> Outputs => Graph.Outputs;

    /// <summary>Traces a function that uses nothing but its arguments.</summary>
    public static Subgraph Trace(IReadOnlyList<TensorSpec> inputs, Func<Tensor[], IReadOnlyList<Tensor>> function) => new(Graphs.Trace.Function(inputs, function));

    /// <summary>Does what the graph does with given tensors, in the trace in progress or at once.</summary>
    public Tensor[] Replay(params ReadOnlySpan<Tensor> inputs)
    {
        Dictionary<Value, Tensor> tensors = [];
        for (int i = 0; i < Inputs.Count; i++) tensors[Inputs[i]] = inputs[i];
        foreach (Node node in Nodes)
        {
            Tensor[] results = Dispatcher.Bind(node.Primitive, Array.ConvertAll(node.Inputs, Of));
            for (int i = 0; i < results.Length; i++) tensors[node.Outputs[i]] = results[i];
        }

        return [.. Outputs.Select(Of)];

        Tensor Of(Value value) => (Tensor?)value.Constant ?? tensors[value];
    }

    /// <summary>The values that depend on some of the inputs in a way that can have a slope.</summary>
    public HashSet<Value> DependentOn(IEnumerable<Value> inputs)
    {
        HashSet<Value> dependent = [.. inputs];
        foreach (Node node in Nodes)
        {
            if (node.Inputs.Any(dependent.Contains)) dependent.UnionWith(node.Outputs.Where(v => v.DType.IsFloating));
        }

        return dependent;
    }

    public bool Equals(Subgraph? other) => ReferenceEquals(this, other) || (other is not null && Key.Equals(other.Key));

    public override bool Equals(object? obj) => Equals(obj as Subgraph);

    public override int GetHashCode() => Key.GetHashCode();

    public override string ToString() => $"{{{Inputs.Count} inputs, {Nodes.Count} nodes, {Outputs.Count} outputs}}";

    private GraphKey Key => _key ??= new GraphKey(Graph);
}
