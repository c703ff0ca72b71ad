namespace NKeras.Engine.Graphs;

/// <summary>Runs a graph node by node with the plain kernels.</summary>
internal static class GraphInterpreter
{
    /// <summary>Runs a graph that has no state.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">Its arguments.</param>
    /// <param name="outputs">Where its results go; none of them is also an argument.</param>
    public static void Run(Graph graph, ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        Dictionary<Value, ElementView> views = [];
        List<ConcreteTensor> memory = []; // Views are bare pointers.
        for (int i = 0; i < inputs.Length; i++) views[graph.Inputs[i]] = inputs[i];
        foreach (Node node in graph.Nodes)
        {
            foreach (Value output in node.Outputs)
            {
                memory.Add(ConcreteTensor.Allocate(output.Spec));
                views[output] = ElementView.Of(memory[^1]);
            }

            node.Primitive.Evaluate([.. node.Inputs.Select(Of)], [.. node.Outputs.Select(Of)]);
        }

        for (int i = 0; i < outputs.Length; i++) outputs[i].CopyFrom(Of(graph.Outputs[i]));
        GC.KeepAlive(memory);

        ElementView Of(Value value) => value.Constant is { } constant ? ElementView.Of(constant) : views[value];
    }

    /// <summary>Runs a graph into new tensors.</summary>
    public static ConcreteTensor[] Run(Graph graph, ReadOnlySpan<ElementView> inputs)
    {
        ConcreteTensor[] results = [.. graph.Outputs.Select(v => ConcreteTensor.Allocate(v.Spec))];
        Run(graph, inputs, [.. results.Select(r => ElementView.Of(r))]);
        return results;
    }
}
