using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Shapes and types of a batch: inputs, then targets, then sample weights.</summary>
/// <param name="Structure">How the inputs are handed to the model.</param>
/// <param name="X">How many are inputs.</param>
/// <param name="Y">How many are targets.</param>
/// <param name="All">All of them.</param>
internal readonly record struct BatchSpec(InputStructure Structure, int X, int Y, TensorSpec[] All)
{
    public bool Equals(BatchSpec other) => X == other.X && Y == other.Y && Structure == other.Structure && All.AsSpan().SequenceEqual(other.All);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Structure);
        hash.Add(X);
        hash.Add(Y);
        foreach (TensorSpec spec in All) hash.Add(spec);
        return hash.ToHashCode();
    }
}
