namespace NKeras.Conformance.Files;

/// <summary>Something is not as it was recorded, or as it is to be.</summary>
/// <param name="differences">What.</param>
internal sealed class DiffersException(params IReadOnlyList<string> differences) : Exception(string.Join("; ", differences))
{
    /// <summary>What.</summary>
    public IReadOnlyList<string> Differences { get; } = differences;
}
