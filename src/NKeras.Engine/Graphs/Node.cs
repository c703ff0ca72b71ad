using NKeras.Engine.Primitives;

namespace NKeras.Engine.Graphs;

/// <summary>One application of a primitive in a graph.</summary>
internal sealed class Node
{
    public Node(Primitive primitive, Value[] inputs, TensorSpec[] outputs)
    {
        Primitive = primitive;
        Inputs = inputs;
        Outputs = new Value[outputs.Length];
        for (int i = 0; i < outputs.Length; i++) Outputs[i] = new Value(outputs[i], this, i);
    }

    public Primitive Primitive { get; }

    public Value[] Inputs { get; }

    public Value[] Outputs { get; }

    public Value Output => Outputs[0];

    /// <summary>Whether the result is the input's memory under another shape.</summary>
    public bool IsView => Primitive is Reshape or StopGradient;
}
