using NKeras.Engine;
using NKeras.Training;

namespace NKeras.Core;

/// <summary>What a compiled function is called with, data apart: the structure, shapes and types.</summary>
internal sealed record FunctionSignature(InputStructure Structure, TensorSpec[] Specs, CompositeSpec?[] Composites)
{
    /// <summary>Shapes and types of what functions on the host make of the arguments; null where there are none, or they are not known yet.</summary>
    public TensorSpec[]? Hosted { get; init; }

    /// <summary>The signature of arguments.</summary>
    public static FunctionSignature Of(Tensors arguments)
    {
        Tensor[] present = [.. arguments.Where(t => t is not null)];
        return new(InputStructure.Of(arguments), Array.ConvertAll(present, t => t.Spec), Array.ConvertAll(present, t => (t as CompositeTensor)?.Composition));
    }

    /// <summary>Shapes and types of the blocks of numbers that the arguments consist of.</summary>
    public TensorSpec[] Parts => [.. Specs.SelectMany((s, i) => Composites[i]?.Parts ?? [s])];

    /// <summary>The arguments from their blocks.</summary>
    public Tensors Assemble(Tensor[] parts) => Structure.Pack(CompositeSpec.Assemble(Composites, parts));

    public bool Equals(FunctionSignature? other) => other != null && Structure == other.Structure && Specs.AsSpan().SequenceEqual(other.Specs) && Composites.AsSpan().SequenceEqual(other.Composites)
        && Hosted.AsSpan().SequenceEqual(other.Hosted);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Structure);
        foreach (TensorSpec spec in Specs) hash.Add(spec);
        foreach (TensorSpec spec in Hosted ?? []) hash.Add(spec);
        return hash.ToHashCode();
    }
}
