using System.Text.Json;

namespace NKeras.Conformance.Coverage;

/// <summary>A public name of Keras.</summary>
/// <param name="Path">Module and name, such as <c>keras.ops.add</c>.</param>
/// <param name="IsClass">Whether it is a class rather than a function.</param>
/// <param name="Parameters">What it, or its constructor, takes.</param>
/// <param name="Members">The names of a class's methods and properties.</param>
internal sealed record ApiEntry(string Path, bool IsClass, IReadOnlyList<ApiParameter> Parameters, IReadOnlyList<string> Members)
{
    /// <summary>The module.</summary>
    public string Module => Path[..Path.LastIndexOf('.')];

    /// <summary>The name within the module.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>Whether it takes arguments that are not listed.</summary>
    public bool TakesAnything => Parameters.Any(p => p.Name.StartsWith('*'));

    /// <summary>Reads a list with a JSON object a line.</summary>
    public static IEnumerable<ApiEntry> ReadAll(string file)
    {
        foreach (string line in File.ReadLines(file))
        {
            JsonElement json = JsonDocument.Parse(line).RootElement;
            string kind = json.GetProperty("kind").GetString()!, path = json.GetProperty("path").GetString()!;
            // Lists of everything that a class inherits repeat names that are listed already.
            if (kind is not ("class" or "function")) continue;
            yield return new ApiEntry(
                path,
                kind == "class",
                [.. json.GetProperty("params").EnumerateArray().Select(p => new ApiParameter(p.GetProperty("name").GetString()!, p.TryGetProperty("default", out JsonElement value) ? value : null))],
                kind == "class" ? [.. json.GetProperty("methods").EnumerateObject().Select(m => m.Name), .. json.GetProperty("properties").EnumerateArray().Select(p => p.GetString()!)] : []);
        }
    }
}
