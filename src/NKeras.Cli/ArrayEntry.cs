namespace NKeras.Cli;

/// <summary>An array in a file, or what stands in its place.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Type">The elements' type, in NumPy's spelling.</param>
/// <param name="Shape">The dimensions; null if there are none.</param>
/// <param name="Bytes">How many bytes its elements take.</param>
/// <param name="Problem">Why it cannot be read; null if it can.</param>
internal sealed record ArrayEntry(string Path, string Type, IReadOnlyList<long>? Shape, long Bytes, string? Problem = null)
{
    public string ShapeText => Shape == null ? "" : $"({string.Join(", ", Shape)}{(Shape.Count == 1 ? "," : "")})";
}
