using NKeras.Engine.Graphs;

namespace NKeras.Engine.Cpu;

/// <summary>What a kernel is to compute, and where its operands will be.</summary>
internal sealed class KernelRequest(Node node, int[] inputSlots, int[] outputSlots)
{
    public Node Node { get; } = node;

    /// <summary>The slot of each input's address.</summary>
    public int[] InputSlots { get; } = inputSlots;

    /// <summary>The slot of each result's address.</summary>
    public int[] OutputSlots { get; } = outputSlots;

    /// <summary>The programs of the graphs inside the node.</summary>
    public InnerProgram[] Programs { get; init; } = [];

    /// <summary>The slot of the memory that they run on.</summary>
    public int Workspace { get; init; }

    public TensorSpec Input(int i) => Node.Inputs[i].Spec;

    public TensorSpec Output(int i = 0) => Node.Outputs[i].Spec;

    /// <summary>Whether all operands and results are float32, which the fast kernels are written for.</summary>
    public bool IsFloat32 =>
        Node.Inputs.All(v => v.DType == DType.Float32) && Node.Outputs.All(v => v.DType == DType.Float32);
}
