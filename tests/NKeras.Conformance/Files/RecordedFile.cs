using System.IO.Compression;
using System.Text.Json;
using NKeras.Conformance.Values;

namespace NKeras.Conformance.Files;

/// <summary>A published file and what was recorded of it; the form is in the README of the recordings.</summary>
/// <param name="Folder">The folder with the files.</param>
/// <param name="Json">The record.</param>
internal sealed record RecordedFile(string Folder, JsonElement Json)
{
    private const string Records = "expected.jsonl.gz";

    /// <summary>The file's name.</summary>
    public string Name => Text("file");

    /// <summary>Where it is.</summary>
    public string Path => System.IO.Path.Combine(Folder, Name);

    /// <summary>What it is: <c>keras3zip</c>, <c>h5whole</c>, <c>h5weights</c>, or nothing of Keras's.</summary>
    public string Format => Text("format");

    /// <summary>The version of Keras that wrote it; empty if it is not known.</summary>
    public string KerasVersion => Text("keras_version");

    /// <summary>Whether Keras 3.16 loads it (<c>ok</c>), refuses it (<c>error</c>), or was not asked (<c>not run</c>).</summary>
    public string Status => Text("status");

    /// <summary>Whether it is no file of Keras's at all.</summary>
    public bool IsForeign => Text("group") == "notkeras" || Format.StartsWith("notkeras", StringComparison.Ordinal);

    /// <summary>The classes that are not Keras's own, as the file names them.</summary>
    public IReadOnlyList<string> Custom => Text("custom").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The records of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Only the file with this name.</param>
    /// <exception cref="FileNotFoundException">The folder has no records.</exception>
    public static IEnumerable<RecordedFile> ReadAll(string folder, string? name = null)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(System.IO.Path.Combine(folder, Records)), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            RecordedFile file = new(folder, JsonDocument.Parse(line).RootElement);
            if (name == null || file.Name == name) yield return file;
        }
    }

    /// <summary>A recorded value; null if it was not recorded.</summary>
    public object? Value(string name) => Json.TryGetProperty(name, out JsonElement value) ? RecordedValue.Read(value) : null;

    /// <summary>A recorded text; empty if it was not recorded.</summary>
    public string Text(string name) => Json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
