using NKeras.Engine.Graphs;

namespace NKeras.Engine.Runtime;

/// <summary>Gives some values of a graph: arguments and constants as they are, strings among them, and computes the others with a program of what they depend on.</summary>
internal sealed class PartialProgram
{
    private readonly Value[] _values;
    private readonly Dictionary<Value, int> _positions = [];
    private readonly Value[] _computed;
    private readonly int[] _arguments = [];
    private readonly Executable? _executable;

    /// <summary>Compiles what is needed.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="values">Those of its values that are asked for.</param>
    /// <param name="updates">State that the program updates; none if omitted.</param>
    public PartialProgram(Graph graph, IReadOnlyList<Value> values, IReadOnlyList<(StateCell Cell, Value Value)>? updates = null)
    {
        _values = [.. values];
        for (int i = 0; i < graph.Inputs.Count; i++) _positions[graph.Inputs[i]] = i;
        _computed = [.. _values.Where(IsComputed).Distinct()];
        if (_computed.Length == 0 && updates is not { Count: > 0 }) return;
        HashSet<Value> needed = [.. _computed, .. (updates ?? []).Select(u => u.Value)];
        List<Node> nodes = [];
        foreach (Node node in graph.Nodes.Reverse().Where(n => n.Outputs.Any(needed.Contains)))
        {
            nodes.Add(node);
            needed.UnionWith(node.Inputs);
        }

        nodes.Reverse();
        _arguments = [.. Enumerable.Range(0, graph.Inputs.Count).Where(i => needed.Contains(graph.Inputs[i]))];
        _executable = Backend.Current.Compile(new Graph { Inputs = [.. _arguments.Select(i => graph.Inputs[i])], Nodes = nodes, Outputs = _computed, Updates = updates ?? [] });
    }

    /// <summary>The values, where the graph has the given arguments.</summary>
    /// <param name="arguments">The graph's arguments; those that the values do not depend on may be left out at the end.</param>
    public Tensor[] Run(IReadOnlyList<Tensor> arguments)
    {
        Tensor[] computed = _executable?.Run([.. _arguments.Select(i => arguments[i])]) ?? [];
        return Array.ConvertAll(_values, v => v.Constant ?? (_positions.TryGetValue(v, out int at) ? arguments[at] : computed[Array.IndexOf(_computed, v)]));
    }

    private bool IsComputed(Value value) => value.Constant == null && !_positions.ContainsKey(value);
}
