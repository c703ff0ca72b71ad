using NKeras.Engine.Graphs;

namespace NKeras.Engine.Runtime;

/// <summary>Runs a graph node by node with the plain reference kernels: slow, simple, and what other backends are compared with.</summary>
internal sealed class ReferenceBackend : IBackend
{
    public string Name => "reference";

    public Executable Compile(Graph graph) => new ReferenceExecutable(graph);

    private sealed class ReferenceExecutable : Executable
    {
        private readonly Graph _graph;

        public ReferenceExecutable(Graph graph)
            : base(graph) => _graph = graph;

        protected override void Execute(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<ConcreteTensor> outputs)
        {
            Dictionary<Value, ConcreteTensor> values = [];
            for (int i = 0; i < inputs.Length; i++) values[_graph.Inputs[i]] = (ConcreteTensor)inputs[i];
            ConcreteTensor Of(Value v) => v.Constant ?? v.Cell?.Snapshot ?? values[v];

            foreach (Node node in _graph.Nodes)
            {
                foreach (Value output in node.Outputs) values[output] = ConcreteTensor.Allocate(output.Spec);
                node.Primitive.Evaluate([.. node.Inputs.Select(v => ElementView.Of(Of(v)))], [.. node.Outputs.Select(v => ElementView.Of(values[v]))]);
            }

            for (int i = 0; i < outputs.Length; i++) Of(_graph.Outputs[i]).Data.CopyTo(((HostStorage)outputs[i].Data).Bytes);
            ConcreteTensor[] updates = [.. _graph.Updates.Select(u => Of(u.Value))]; // All reads before any write.
            for (int i = 0; i < updates.Length; i++) _graph.Updates[i].Cell.Assign(updates[i]);
        }
    }
}
