namespace NKeras.Layers;

/// <summary>What a stateful layer carries from batch to batch. It is no weight: neither saved nor counted.</summary>
internal sealed class RecurrentStates(IReadOnlyList<Variable> variables)
{
    /// <summary>A variable for each state.</summary>
    // A field that holds variables would make them weights of the layer (see InnerState); this class stands in between.
    public IReadOnlyList<Variable> Variables { get; } = variables;
}
