using System.Text;

namespace NKeras.Engine.Graphs;

/// <summary>A traced function: nodes in an order in which they can run, what enters, and what leaves.</summary>
internal sealed class Graph
{
    /// <summary>The function's arguments.</summary>
    public required IReadOnlyList<Value> Inputs { get; init; }

    /// <summary>The nodes; each comes after those it depends on.</summary>
    public required IReadOnlyList<Node> Nodes { get; init; }

    /// <summary>The function's results.</summary>
    public required IReadOnlyList<Value> Outputs { get; init; }

    /// <summary>State and what it becomes at the end of a run. Every read sees the value at the start.</summary>
    public required IReadOnlyList<(StateCell Cell, Value Value)> Updates { get; init; }

    /// <summary>The calls of functions on the host, in order. Their results are among the arguments, behind those of the function.</summary>
    public IReadOnlyList<HostCall> HostCalls { get; init; } = [];

    /// <summary>Everything that leaves the graph.</summary>
    public IEnumerable<Value> Results => Outputs.Concat(Updates.Select(u => u.Value));

    /// <summary>How many nodes and results use each value.</summary>
    public Dictionary<Value, int> CountUses()
    {
        Dictionary<Value, int> uses = [];
        foreach (Value value in Nodes.SelectMany(n => n.Inputs).Concat(Results))
            uses[value] = uses.GetValueOrDefault(value) + 1;
        return uses;
    }

    /// <summary>One line per node, for people.</summary>
    public override string ToString()
    {
        Dictionary<Value, string> names = [];
        string Name(Value v)
        {
            if (names.TryGetValue(v, out string? name)) return name;
            name = v.Constant != null ? (v.Shape.Rank == 0 ? ElementView.Of(v.Constant).Format(0) : $"const{v.Spec}")
                : v.Cell != null ? $"cell{v.Spec}" : $"%{names.Count}";
            return names[v] = name;
        }

        StringBuilder text = new();
        foreach (Value input in Inputs) text.AppendLine($"input {Name(input)} : {input.Spec}");
        foreach (Node node in Nodes)
            text.AppendLine($"{string.Join(", ", node.Outputs.Select(o => $"{Name(o)} : {o.Spec}"))} = {node.Primitive}({string.Join(", ", node.Inputs.Select(Name))})");
        text.AppendLine($"return {string.Join(", ", Outputs.Select(Name))}");
        foreach ((_, Value value) in Updates) text.AppendLine($"update {Name(value)}");
        return text.ToString();
    }
}
