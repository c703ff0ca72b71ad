namespace NKeras.Engine.Primitives;

/// <summary>A primitive whose plain kernel computes each sequence of a batch by itself, and allocates nothing once warm.</summary>
internal interface ISequencePrimitive
{
    /// <summary>Computes the results for one sequence.</summary>
    void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs, int sequence);
}
