using NKeras.Core;

namespace NKeras.Models;

/// <summary>Depth-first from the outputs of a graph to its inputs; parents come before children.</summary>
internal sealed class GraphWalk
{
    private readonly HashSet<KerasTensor> _inputs;
    private readonly HashSet<OperationNode> _finished = [];

    public GraphWalk(IReadOnlyList<KerasTensor> inputs, IReadOnlyList<KerasTensor> outputs)
    {
        _inputs = new(inputs, ReferenceEqualityComparer.Instance);
        foreach (KerasTensor output in outputs) Visit(output);
    }

    /// <summary>The calls met, those without predecessors first.</summary>
    public List<OperationNode> Nodes { get; } = [];

    /// <summary>When each operation was first met.</summary>
    public Dictionary<Operation, int> Order { get; } = [];

    /// <summary>The calls in the graph whose results a call takes.</summary>
    public IEnumerable<OperationNode> Parents(OperationNode node) =>
        node.Inputs.Where(t => NodeOf(t) != null).Select(t => t.History!.Node).Where(_finished.Contains);

    /// <summary>The call that a tensor comes from; null if it is where the graph starts.</summary>
    private OperationNode? NodeOf(KerasTensor tensor) => tensor.History is { Node: var node } && (node.IsInput || !_inputs.Contains(tensor)) ? node : null;

    private void Visit(KerasTensor output)
    {
        // A stack of one's own: graphs may be deeper than the thread's.
        Stack<(OperationNode Node, int Next)> path = new();
        Enter(output);
        while (path.TryPop(out (OperationNode Node, int Next) top))
        {
            if (top.Next < top.Node.Inputs.Count)
            {
                path.Push((top.Node, top.Next + 1));
                Enter(top.Node.Inputs[top.Next]);
            }
            else if (_finished.Add(top.Node))
            {
                Nodes.Add(top.Node);
            }
        }

        void Enter(KerasTensor tensor)
        {
            if (NodeOf(tensor) is not { } node || _finished.Contains(node)) return;
            Order.TryAdd(node.Operation, Order.Count);
            path.Push((node, 0));
        }
    }
}
