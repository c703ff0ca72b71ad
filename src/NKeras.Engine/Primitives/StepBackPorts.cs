namespace NKeras.Engine.Primitives;

/// <summary>What goes into the body of the scan that leads back, and what comes out, by the inputs of the scan it belongs to.</summary>
internal sealed class StepBackPorts
{
    /// <summary>Shared inputs whose gradients are added up step by step.</summary>
    public List<int> Sums { get; } = [];

    /// <summary>Sequences whose gradients are given slice by slice, as the first stacked results.</summary>
    public List<int> Sequences { get; } = [];

    /// <summary>Shared inputs whose gradients have a product as a term, and the stacked results that are its factors.</summary>
    public List<(int Input, int A, int B)> Products { get; } = [];

    /// <summary>Sequences that the body takes.</summary>
    public List<int> SequencesUsed { get; } = [];

    /// <summary>Shared inputs that the body takes.</summary>
    public List<int> SharedUsed { get; } = [];
}
