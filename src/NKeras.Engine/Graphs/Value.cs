namespace NKeras.Engine.Graphs;

/// <summary>One result of a node, or (without a node) something that enters the graph from outside.</summary>
internal sealed class Value(TensorSpec spec, Node? producer, int index)
{
    public TensorSpec Spec { get; } = spec;

    public Shape Shape => Spec.Shape;

    public DType DType => Spec.DType;

    /// <summary>The node that computes it; null for inputs, state and constants.</summary>
    public Node? Producer { get; } = producer;

    /// <summary>Which of its producer's results it is.</summary>
    public int Index { get; } = index;

    /// <summary>The data of a constant.</summary>
    public ConcreteTensor? Constant { get; init; }

    /// <summary>The state whose content at the start of the run it is.</summary>
    public StateCell? Cell { get; init; }
}
