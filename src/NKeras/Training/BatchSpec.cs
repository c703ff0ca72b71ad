using NKeras.Core;
using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Shapes and types of a batch: inputs, then targets, then sample weights.</summary>
/// <param name="Structure">How the inputs are handed to the model.</param>
/// <param name="X">How many are inputs.</param>
/// <param name="Y">How many are targets.</param>
/// <param name="All">All of them.</param>
/// <param name="Composites">What is known of the inputs that are sparse or ragged, null for the others; null if there are none.</param>
/// <param name="Hosted">Shapes and types of what functions on the host make of the batch; null where there are none, or they are not known yet.</param>
internal readonly record struct BatchSpec(InputStructure Structure, int X, int Y, TensorSpec[] All, CompositeSpec?[]? Composites = null, TensorSpec[]? Hosted = null)
{
    /// <summary>Shapes and types of the blocks of numbers that the batch consists of.</summary>
    public TensorSpec[] Parts
    {
        get
        {
            CompositeSpec?[]? composites = Composites;
            return composites == null ? All : [.. All.SelectMany((s, i) => composites[i]?.Parts ?? [s])];
        }
    }

    /// <summary>The tensors of a batch from its blocks of numbers.</summary>
    public Tensor[] Assemble(Tensor[] parts) => Composites == null ? parts : CompositeSpec.Assemble(Composites, parts);

    public bool Equals(BatchSpec other) => X == other.X && Y == other.Y && Structure == other.Structure && All.AsSpan().SequenceEqual(other.All)
        && (Composites == null ? other.Composites == null : other.Composites != null && Composites.AsSpan().SequenceEqual(other.Composites))
        && Hosted.AsSpan().SequenceEqual(other.Hosted);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Structure);
        hash.Add(X);
        hash.Add(Y);
        foreach (TensorSpec spec in All) hash.Add(spec);
        foreach (CompositeSpec? composite in Composites ?? []) hash.Add(composite);
        foreach (TensorSpec result in Hosted ?? []) hash.Add(result);
        return hash.ToHashCode();
    }
}
