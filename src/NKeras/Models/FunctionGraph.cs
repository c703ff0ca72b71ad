using NKeras.Core;
using NKeras.Saving;

namespace NKeras.Models;

/// <summary>The operations between a model's inputs and outputs, in Keras's order, and how to run them.</summary>
internal sealed class FunctionGraph
{
    private readonly OperationNode[] _nodes;

    public FunctionGraph(KerasTensors inputs, KerasTensors outputs)
    {
        (Inputs, Outputs) = ([.. inputs.Flat.Select(t => t.Origin)], [.. outputs.Flat.Select(t => t.Origin)]);
        GraphChecks.Ends(Inputs, Outputs);
        GraphWalk walk = new(Inputs, Outputs);
        if (!Inputs.All(t => t.History!.Node.IsInput))
        {
            GraphChecks.Connected(Inputs, Outputs, [[.. walk.Nodes]]);
            (Inputs, Outputs) = GraphClone.Clone(Inputs, Outputs, walk.Nodes);
            walk = new GraphWalk(Inputs, Outputs);
        }

        (InputStructure, OutputStructure) = (inputs.WithFlat(Inputs), outputs.WithFlat(Outputs));
        (Dictionary<OperationNode, int> nodeDepths, Dictionary<Operation, int> operationDepths) = Depths(walk);
        // An input that nothing uses belongs to the model all the same.
        foreach (OperationNode node in Inputs.Select(t => t.History!.Node).Where(n => !operationDepths.ContainsKey(n.Operation)))
        {
            operationDepths[node.Operation] = 0;
            walk.Order[node.Operation] = -1;
            nodeDepths[node] = 0;
        }

        NodesByDepth = [.. nodeDepths.GroupBy(n => n.Value).OrderByDescending(g => g.Key).Select(g => (IReadOnlyList<OperationNode>)[.. g.Select(n => n.Key)])];
        Operations = [.. operationDepths.Keys.OrderByDescending(o => operationDepths[o]).ThenBy(o => walk.Order[o])];
        Nodes = nodeDepths.Keys.ToHashSet();
        _nodes = [.. NodesByDepth.SelectMany(n => n).Where(n => !n.IsInput)];
        GraphChecks.Connected(Inputs, Outputs, NodesByDepth);
        GraphChecks.Names(Operations);
    }

    /// <summary>The symbolic inputs, in the order in which Keras flattens their structure.</summary>
    public IReadOnlyList<KerasTensor> Inputs { get; }

    /// <summary>The symbolic outputs, in the order in which Keras flattens their structure.</summary>
    public IReadOnlyList<KerasTensor> Outputs { get; }

    /// <summary>The inputs as the user gave them.</summary>
    public KerasTensors InputStructure { get; }

    /// <summary>The outputs as the user gave them.</summary>
    public KerasTensors OutputStructure { get; }

    /// <summary>All operations, those farthest from the outputs first.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The calls that belong to the graph.</summary>
    public IReadOnlySet<OperationNode> Nodes { get; }

    /// <summary>The calls, grouped by their distance from the outputs, the farthest first.</summary>
    public IReadOnlyList<IReadOnlyList<OperationNode>> NodesByDepth { get; }

    /// <summary>Computes the outputs from values for the inputs, some of which may be null.</summary>
    public Tensors Run(IReadOnlyList<Tensor> inputs)
    {
        Reading.Current?.AddCalls(_nodes.Length);
        Dictionary<KerasTensor, Tensor?> values = new(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < Inputs.Count; i++) values[Inputs[i]] = inputs[i];
        InnerNames? wanted = InnerNames.Take();
        Dictionary<KerasTensor, string>? names = wanted != null && Inputs.Where((t, i) => inputs[i] is { } x && x.Shape != t.Shape).Any() ? new(ReferenceEqualityComparer.Instance) : null;
        foreach (OperationNode node in _nodes)
        {
            CallArguments arguments = node.Arguments.Select(t => t is KerasTensor k ? values[k.Origin] : t);
            IReadOnlyList<Tensor> results = (names == null ? node.Operation.Compute(arguments) : ComputeNamed(node, arguments, names)).Flat;
            for (int i = 0; i < results.Count; i++) values[node.Outputs[i]] = results[i];
        }

        if (wanted != null) wanted.Results = InStructure([.. Outputs.Select(t => names?.GetValueOrDefault(t) ?? Naming.AutoName(KerasTensor.AutomaticName))]);
        return OutputStructure.Pack([.. Outputs.Select(t => values[t]!)]);
    }

    /// <summary>Computes a call's results and gives each the name of a symbolic tensor.</summary>
    private static Tensors ComputeNamed(OperationNode node, CallArguments arguments, Dictionary<KerasTensor, string> names)
    {
        InnerNames inner = new();
        Tensors results = node.Operation is Model { GraphOrNull: not null } ? inner.Collect(() => node.Operation.Compute(arguments)) : node.Operation.Compute(arguments);
        for (int i = 0; i < node.Outputs.Count; i++) names[node.Outputs[i]] = inner.Results?[i] ?? Naming.AutoName(KerasTensor.AutomaticName);
        return results;
    }

    /// <summary>What belongs to the outputs, in the order in which the user gave them.</summary>
    private string[] InStructure(string[] flat)
    {
        if (OutputStructure.Names is not { } keys) return flat;
        string[] sorted = [.. keys.Order(StringComparer.Ordinal)];
        return [.. keys.Select(k => flat[Array.IndexOf(sorted, k)])];
    }

    /// <summary>How far each call, and each operation at the most, is from the outputs.</summary>
    private static (Dictionary<OperationNode, int> Nodes, Dictionary<Operation, int> Operations) Depths(GraphWalk walk)
    {
        Dictionary<OperationNode, int> nodes = [];
        Dictionary<Operation, int> operations = [];
        foreach (OperationNode node in Enumerable.Reverse(walk.Nodes))
        {
            // All calls of a shared operation count as being where the farthest is.
            int depth = Math.Max(nodes.GetValueOrDefault(node), operations.GetValueOrDefault(node.Operation));
            nodes[node] = operations[node.Operation] = depth;
            foreach (OperationNode parent in walk.Parents(node))
                nodes[parent] = Math.Max(depth + 1, nodes.GetValueOrDefault(parent));
        }

        return (nodes, operations);
    }
}
