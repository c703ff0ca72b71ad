namespace NKeras.Core;

/// <summary>One call of an operation on symbolic tensors: an edge bundle of the functional graph.</summary>
internal sealed class OperationNode(Operation operation, CallArguments arguments, KerasTensors outputs)
{
    public Operation Operation { get; } = operation;

    /// <summary>What it was called with, symbolic tensors in their places.</summary>
    public CallArguments Arguments { get; } = arguments;

    /// <summary>The symbolic tensors among the arguments.</summary>
    public IReadOnlyList<KerasTensor> Inputs { get; } = [.. arguments.Tensors.OfType<KerasTensor>().Select(t => t.Origin)];

    /// <summary>The results.</summary>
    public IReadOnlyList<KerasTensor> Outputs { get; } = outputs.Flat;

    /// <summary>Whether it has no inputs: an input layer's.</summary>
    public bool IsInput => Inputs.Count == 0;
}
