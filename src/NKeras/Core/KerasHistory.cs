namespace NKeras.Core;

/// <summary>Which result of which call of which operation a symbolic tensor is.</summary>
internal sealed record KerasHistory(Operation Operation, int NodeIndex, int TensorIndex)
{
    public OperationNode Node => Operation.InboundNodes[NodeIndex];
}
