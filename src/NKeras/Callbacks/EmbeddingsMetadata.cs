namespace NKeras.Callbacks;

/// <summary>The files in which <see cref="TensorBoard"/> finds labels for embedded vectors: one for all embedding layers, or files by the names of layers.</summary>
/// <remarks>Both convert implicitly. A file has a line for each vector; its path is relative to the folder of logs, or absolute.</remarks>
public sealed class EmbeddingsMetadata
{
    private readonly string? _forAll;
    private readonly IReadOnlyDictionary<string, string> _byLayer = new Dictionary<string, string>();

    /// <summary>One file for all layers.</summary>
    public EmbeddingsMetadata(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        _forAll = file;
    }

    /// <summary>Files by the names of layers.</summary>
    public EmbeddingsMetadata(IReadOnlyDictionary<string, string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        _byLayer = files;
    }

    /// <summary>One file for all layers.</summary>
    public static implicit operator EmbeddingsMetadata(string file) => new(file);

    /// <summary>Files by the names of layers.</summary>
    public static implicit operator EmbeddingsMetadata(Dictionary<string, string> files) => new(files);

    /// <summary>The file for a layer; null if there is none.</summary>
    internal string? For(string layer) => _forAll ?? _byLayer.GetValueOrDefault(layer);

    /// <summary>Refuses files for layers that do not exist.</summary>
    /// <exception cref="ArgumentException">There are some.</exception>
    internal void CheckNames(IEnumerable<string> layers)
    {
        string[] unknown = [.. _byLayer.Keys.Except(layers)];
        if (unknown.Length == 0) return;
        throw new ArgumentException(
            $"embeddingsMetadata names {string.Join(", ", unknown.Select(n => $"'{n}'"))}, but the model's embedding layers are: "
            + $"{(layers.Any() ? string.Join(", ", layers.Select(n => $"'{n}'")) : "none")}. {Suggestion.For(unknown[0], layers)}".TrimEnd());
    }
}
