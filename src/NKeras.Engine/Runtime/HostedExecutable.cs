using NKeras.Engine.Graphs;

namespace NKeras.Engine.Runtime;

/// <summary>
/// A graph with calls of functions on the host: those that the rest depends on run before (<see cref="Complete"/>), then one program, then those
/// that nothing but the results needs.
/// </summary>
internal sealed class HostedExecutable : Executable
{
    private readonly Graph _graph;
    private readonly (HostCall Call, PartialProgram Inputs)[] _early;
    private readonly HostCall[] _late;
    private readonly Value[] _values;
    private readonly PartialProgram _main;

    private HostedExecutable(Graph graph, int declared, HostCall[] late)
        : base(graph)
    {
        (_graph, Declared, _late) = (graph, declared, late);
        _early = [.. graph.HostCalls.Except(late).Select(c => (c, new PartialProgram(graph, c.Inputs)))];
        HashSet<Value> afterwards = [.. late.SelectMany(c => c.Outputs)];
        _values = [.. graph.Outputs.Concat(late.SelectMany(c => c.Inputs)).Where(v => !afterwards.Contains(v)).Distinct()];
        _main = new PartialProgram(graph, _values, graph.Updates);
    }

    /// <summary>How many of the arguments are the function's own; the others are results of functions on the host.</summary>
    public int Declared { get; }

    /// <summary>Compiles a graph with calls of functions on the host.</summary>
    public static HostedExecutable Compile(Graph graph)
    {
        HostCall[] late = Late(graph);
        HashSet<Value> results = [.. graph.HostCalls.SelectMany(c => c.Outputs)], afterwards = [.. late.SelectMany(c => c.Outputs)];
        Graph fitting = new()
        {
            Inputs = [.. graph.Inputs.Where(v => !afterwards.Contains(v))],
            Nodes = graph.Nodes,
            Outputs = graph.Outputs,
            Updates = graph.Updates,
            HostCalls = graph.HostCalls,
        };
        return new HostedExecutable(fitting, graph.Inputs.Count(v => !results.Contains(v)), late);
    }

    /// <summary>All arguments: the function's own, and what functions on the host make of them.</summary>
    /// <param name="declared">The function's own.</param>
    public Tensor[] Complete(ReadOnlySpan<Tensor> declared)
    {
        List<Tensor> all = [.. declared];
        foreach ((HostCall call, PartialProgram inputs) in _early) all.AddRange(call.Function.Compute(inputs.Run(all)));
        return [.. all];
    }

    protected override void Execute(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<ConcreteTensor> outputs)
    {
        Tensor[] computed = _main.Run(inputs.ToArray());
        Dictionary<Value, Tensor> values = [];
        for (int i = 0; i < computed.Length; i++) values[_values[i]] = computed[i];
        foreach (HostCall call in _late)
        {
            Tensor[] results = call.Function.Compute(Array.ConvertAll(call.Inputs, v => values[v]));
            for (int i = 0; i < results.Length; i++) values[call.Outputs[i]] = results[i];
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            ConcreteTensor result = (ConcreteTensor)values[_graph.Outputs[i]];
            if (result.Spec != outputs[i].Spec) throw new InvalidOperationException($"A function on the host gave {result.Spec} where it had given {outputs[i].Spec}.");
            result.CopyElements(0, outputs[i], 0, result.Shape.Size);
        }
    }

    /// <summary>The calls that the program does not depend on, but that depend on it, and whose results' shapes are known beforehand.</summary>
    private static HostCall[] Late(Graph graph)
    {
        HashSet<Value> used = [.. graph.Nodes.SelectMany(n => n.Inputs), .. graph.Updates.Select(u => u.Value)];
        HashSet<Value> computed = [.. graph.Nodes.SelectMany(n => n.Outputs)];
        List<HostCall> late = [];
        foreach (HostCall call in graph.HostCalls)
        {
            if (!call.Inputs.Any(computed.Contains)) continue;
            late.Add(call);
            computed.UnionWith(call.Outputs);
        }

        for (int i = late.Count - 1; i >= 0; i--)
        {
            HostCall call = late[i];
            bool isFixed = call.Function.Infer([.. call.Inputs.Select(v => v.Spec)]).SequenceEqual(call.Outputs.Select(v => v.Spec));
            if (isFixed && !call.Outputs.Any(used.Contains)) continue;
            late.RemoveAt(i);
            used.UnionWith(call.Inputs);
        }

        return [.. late];
    }
}
