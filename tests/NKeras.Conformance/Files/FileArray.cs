using NKeras.Hdf5;

namespace NKeras.Conformance.Files;

/// <summary>An array of a model's file.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Type">The elements' type.</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Bytes">The elements.</param>
internal sealed record FileArray(string Path, Hdf5Type Type, IReadOnlyList<long> Shape, byte[] Bytes)
{
    /// <summary>The last name of its path.</summary>
    public string LastName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The dimensions as a text, to compare them by.</summary>
    public string ShapeText => $"({string.Join(", ", Shape)})";
}
