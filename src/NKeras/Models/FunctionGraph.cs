using NKeras.Core;

namespace NKeras.Models;

/// <summary>The operations between a model's inputs and outputs, in Keras's order, and how to run them.</summary>
internal sealed class FunctionGraph
{
    private readonly OperationNode[] _nodes;

    public FunctionGraph(IReadOnlyList<KerasTensor> inputs, IReadOnlyList<KerasTensor> outputs)
    {
        Inputs = inputs;
        Outputs = outputs;
        CheckEnds();
        Walk walk = new(inputs);
        foreach (KerasTensor output in outputs) walk.Visit(output);

        (Dictionary<OperationNode, int> nodeDepths, Dictionary<Operation, int> operationDepths) = Depths(walk);
        // An input that nothing uses belongs to the model all the same.
        foreach (OperationNode node in inputs.Select(t => t.History!.Node).Where(n => n.IsInput && !operationDepths.ContainsKey(n.Operation)))
        {
            operationDepths[node.Operation] = 0;
            walk.Order[node.Operation] = -1;
            nodeDepths[node] = 0;
        }

        NodesByDepth = [.. nodeDepths.GroupBy(n => n.Value).OrderByDescending(g => g.Key).Select(g => (IReadOnlyList<OperationNode>)[.. g.Select(n => n.Key)])];
        Operations = [.. operationDepths.Keys.OrderByDescending(o => operationDepths[o]).ThenBy(o => walk.Order[o])];
        _nodes = [.. NodesByDepth.SelectMany(n => n).Where(n => !n.IsInput)];
        CheckConnected();
        CheckNames();
    }

    public IReadOnlyList<KerasTensor> Inputs { get; }

    public IReadOnlyList<KerasTensor> Outputs { get; }

    /// <summary>All operations, those farthest from the outputs first.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The calls, grouped by their distance from the outputs, the farthest first.</summary>
    public IReadOnlyList<IReadOnlyList<OperationNode>> NodesByDepth { get; }

    /// <summary>Computes the outputs from values for the inputs.</summary>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, bool training)
    {
        Dictionary<KerasTensor, Tensor> values = new(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < Inputs.Count; i++) values[Inputs[i]] = inputs[i];
        foreach (OperationNode node in _nodes)
        {
            IReadOnlyList<Tensor> results = node.Operation.Compute([.. node.Inputs.Select(t => values[t])], node.Training ?? training);
            for (int i = 0; i < results.Count; i++) values[node.Outputs[i]] = results[i];
        }

        return [.. Outputs.Select(t => values[t])];
    }

    /// <summary>How far each call, and each operation at the most, is from the outputs.</summary>
    private static (Dictionary<OperationNode, int> Nodes, Dictionary<Operation, int> Operations) Depths(Walk walk)
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

    private void CheckEnds()
    {
        if (Inputs.Count == 0) throw new ArgumentException("A model has at least one input; none were given.", "inputs");
        if (Outputs.Count == 0) throw new ArgumentException("A model has at least one output; none were given.", "outputs");
        for (int i = 0; i < Inputs.Count; i++)
        {
            if (Inputs[i].History == null) throw new ArgumentException($"The model's input {i}, '{Inputs[i].Name}', is made by no layer. Create it with new Input({Inputs[i].Shape} without the batch's dimension).", "inputs");
            if (Inputs.Take(i).Contains(Inputs[i])) throw new ArgumentException($"The model's inputs name '{Inputs[i].Name}' twice.", "inputs");
        }
    }

    private void CheckConnected()
    {
        HashSet<KerasTensor> computable = new(Inputs, ReferenceEqualityComparer.Instance);
        foreach (OperationNode node in NodesByDepth.SelectMany(n => n))
        {
            if (node.IsInput && !computable.Contains(node.Outputs[0])) throw Disconnected(node.Outputs[0]);
            foreach (KerasTensor input in node.Inputs.Where(t => !computable.Contains(t))) throw Disconnected(input);
            computable.UnionWith(node.Outputs);
        }

        foreach (KerasTensor output in Outputs.Where(t => !computable.Contains(t))) throw Disconnected(output);

        ArgumentException Disconnected(KerasTensor tensor) => new(
            $"The outputs cannot be computed from the inputs: nothing leads to tensor '{tensor.Name}' of shape {tensor.Shape}"
            + $"{(tensor.History is { } h ? $", the result of '{h.Operation.Name}'" : "")}. "
            + $"Add the Input it comes from to the model's inputs ({string.Join(", ", Inputs.Select(i => $"'{i.Name}'"))} given).");
    }

    private void CheckNames()
    {
        if (Operations.GroupBy(o => o.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The name '{twice.Key}' is used {twice.Count()} times in the model. Give each layer a name of its own.");
    }

    /// <summary>Depth-first from the outputs to the inputs; parents come before children.</summary>
    private sealed class Walk(IReadOnlyList<KerasTensor> inputs)
    {
        private readonly HashSet<OperationNode> _finished = [];

        public List<OperationNode> Nodes { get; } = [];

        /// <summary>When each operation was first met.</summary>
        public Dictionary<Operation, int> Order { get; } = [];

        public void Visit(KerasTensor tensor)
        {
            if (tensor.History is not { } history) return;
            OperationNode node = history.Node;
            // A tensor named as an input ends the walk, even if something produced it.
            if (_finished.Contains(node) || IsGiven(tensor, node)) return;
            Order.TryAdd(history.Operation, Order.Count);
            foreach (KerasTensor input in node.Inputs) Visit(input);
            if (!_finished.Add(node)) return;
            Nodes.Add(node);
        }

        public IEnumerable<OperationNode> Parents(OperationNode node) =>
            node.Inputs.Where(t => t.History is { } h && !IsGiven(t, h.Node)).Select(t => t.History!.Node).Where(_finished.Contains);

        private bool IsGiven(KerasTensor tensor, OperationNode node) => !node.IsInput && inputs.Contains(tensor);
    }
}
