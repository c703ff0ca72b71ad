namespace NKeras.Core;

/// <summary>One call of an operation on symbolic tensors: an edge bundle of the functional graph.</summary>
internal sealed class OperationNode(Operation operation, IReadOnlyList<KerasTensor> inputs, IReadOnlyList<KerasTensor> outputs, bool? training)
{
    public Operation Operation { get; } = operation;

    public IReadOnlyList<KerasTensor> Inputs { get; } = inputs;

    public IReadOnlyList<KerasTensor> Outputs { get; } = outputs;

    /// <summary>The <c>training</c> argument given at this call; null to follow the model's.</summary>
    public bool? Training { get; } = training;

    /// <summary>Whether it has no inputs: an input layer's.</summary>
    public bool IsInput => Inputs.Count == 0;
}
