using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Conformance.Values;

namespace NKeras.Conformance.Models;

/// <summary>A whole model that was recorded with Keras: a folder, whose form is in the README of the recordings.</summary>
/// <param name="Folder">The folder.</param>
internal sealed record RecordedModel(string Folder)
{
    private readonly Lazy<JsonElement> _case = new(() => JsonDocument.Parse(Text(Folder, "case.json")!).RootElement);

    /// <summary>The project's own copy of recorded models.</summary>
    public static string OwnModels => Path.Combine(AppContext.BaseDirectory, "Recordings", "models");

    /// <summary>The folder's name.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Folder));

    /// <summary>What <c>model.to_json()</c> gave.</summary>
    public string Config => Text(Folder, "config.json")!;

    /// <summary>All variables before training, in order.</summary>
    public IReadOnlyList<RecordedVariable> Weights => RecordedVariable.ReadAll(Case.GetProperty("weights"));

    /// <summary>All variables after training, in order.</summary>
    public IReadOnlyList<RecordedVariable> WeightsFinal => RecordedVariable.ReadAll(Case.GetProperty("weights_final"));

    /// <summary>The arguments of <c>fit</c>.</summary>
    public IReadOnlyDictionary<string, object?> Fit => RecordedValue.ReadNamed(Case.GetProperty("fit"));

    private JsonElement Case => _case.Value;

    /// <summary>The models of a folder of folders.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Only the one with this name.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IEnumerable<RecordedModel> ReadAll(string folder, string? name = null) => Directory.GetDirectories(folder).Order(StringComparer.Ordinal)
        .Select(f => new RecordedModel(f))
        .Where(m => (name == null || m.Name == name) && Text(m.Folder, "case.json") != null);

    /// <summary>A recorded value of the case; null if it was not recorded.</summary>
    public object? Value(string name) => Case.TryGetProperty(name, out JsonElement value) ? RecordedValue.Read(value) : null;

    /// <summary>The names in a recorded dictionary, in order.</summary>
    public IReadOnlyList<string> Keys(string name) => [.. Case.GetProperty(name).EnumerateObject().Select(p => p.Name)];

    /// <summary>What <c>model.summary(line_length=96)</c> printed; null if it was not recorded.</summary>
    /// <param name="nested">With <c>expand_nested=True, show_trainable=True</c>.</param>
    public string? Summary(bool nested) => Text(Folder, nested ? "summary_nested.txt" : "summary.txt");

    /// <summary>Where one of its files is.</summary>
    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>What the model in a <c>.keras</c> file was compiled with; null if there is no such file.</summary>
    public JsonObject? CompileConfig(string file)
    {
        string path = PathOf(file);
        if (!File.Exists(path)) return null;
        using ZipArchive zip = ZipFile.OpenRead(path);
        using Stream config = (zip.GetEntry("config.json") ?? throw new InvalidDataException($"{path} has no config.json.")).Open();
        return JsonNode.Parse(config)!["compile_config"] as JsonObject;
    }

    /// <summary>The text of a file, which may be compressed (<c>.gz</c>).</summary>
    private static string? Text(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        if (File.Exists(path)) return File.ReadAllText(path);
        if (!File.Exists($"{path}.gz")) return null;
        using StreamReader reader = new(new GZipStream(File.OpenRead($"{path}.gz"), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
