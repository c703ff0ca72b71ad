namespace NKeras.Engine.Graphs;

/// <summary>A branch or the body of a loop as it was traced: what it takes of its surroundings is listed.</summary>
internal sealed class InnerFunction
{
    /// <summary>The arguments proper.</summary>
    public required IReadOnlyList<Value> Inputs { get; init; }

    public required IReadOnlyList<Node> Nodes { get; init; }

    public required IReadOnlyList<Value> Outputs { get; init; }

    /// <summary>Tensors from outside, and the values that stand for them inside.</summary>
    public required IReadOnlyList<(Tensor Outer, Value Inner)> Captures { get; init; }

    /// <summary>State that is read, and the values that stand for its content at the start.</summary>
    public required IReadOnlyList<(StateCell Cell, Value Inner)> Reads { get; init; }

    /// <summary>State that is assigned to, and what it becomes.</summary>
    public required IReadOnlyList<(StateCell Cell, Value Value)> Assignments { get; init; }

    /// <summary>What a state is at the end; null where it is not touched.</summary>
    public Value? StateAtEnd(StateCell cell)
    {
        foreach ((StateCell assigned, Value value) in Assignments)
        {
            if (assigned == cell) return value;
        }

        return StateAtStart(cell);
    }

    /// <summary>What stands for a state's content at the start; null where it is not read.</summary>
    public Value? StateAtStart(StateCell cell)
    {
        foreach ((StateCell read, Value value) in Reads)
        {
            if (read == cell) return value;
        }

        return null;
    }

    /// <summary>The closed graph with given arguments, which are values of this function.</summary>
    public Subgraph Close(IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) => new(inputs, Nodes, outputs);
}
