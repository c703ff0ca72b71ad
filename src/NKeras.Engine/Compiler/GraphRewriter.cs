using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>Builds a graph from another one, node by node in order, and remembers which value stands for which.</summary>
internal sealed class GraphRewriter(Graph graph)
{
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<Value, Value> _map = [];
    private bool _changed;

    /// <summary>The new graph's value for one of the old graph. What enters from outside stands for itself.</summary>
    public Value Map(Value old) => _map.GetValueOrDefault(old, old);

    /// <summary>The new values of a node's inputs.</summary>
    public Value[] MapInputs(Node node) => Array.ConvertAll(node.Inputs, Map);

    /// <summary>Takes a node over. It stays the same object where its inputs do, so that nothing is rebuilt without need.</summary>
    public void Keep(Node node)
    {
        Value[] inputs = MapInputs(node);
        if (inputs.AsSpan().SequenceEqual(node.Inputs))
        {
            _nodes.Add(node);
            return;
        }

        Replace(node.Outputs, Emit(node.Primitive, inputs));
    }

    /// <summary>Adds a node and gives its results.</summary>
    public Value[] Emit(Primitive primitive, params Value[] inputs)
    {
        _changed = true;
        Node node = new(primitive, inputs, primitive.Infer(Array.ConvertAll(inputs, v => v.Spec)));
        _nodes.Add(node);
        return node.Outputs;
    }

    /// <summary>Lets new values stand for old ones.</summary>
    public void Replace(ReadOnlySpan<Value> old, ReadOnlySpan<Value> replacements)
    {
        _changed = true;
        for (int i = 0; i < old.Length; i++)
        {
            if (old[i].Spec != replacements[i].Spec)
                throw new InvalidOperationException($"A pass replaced a value of {old[i].Spec} by one of {replacements[i].Spec}.");
            _map[old[i]] = replacements[i];
        }
    }

    /// <summary>Leaves a node out.</summary>
    public void Drop() => _changed = true;

    /// <summary>The new graph; the old one itself if nothing was changed.</summary>
    public Graph Finish() => !_changed ? graph : new Graph
    {
        Inputs = graph.Inputs,
        Nodes = _nodes,
        Outputs = [.. graph.Outputs.Select(Map)],
        Updates = [.. graph.Updates.Select(u => (u.Cell, Map(u.Value)))],
    };
}
