using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Conformance.Models;
using NKeras.Saving;

namespace NKeras.Conformance.Files;

/// <summary>Checks files with Python code in a Lambda layer: they are refused by the layer's name, and load with a function in the code's place.</summary>
internal static class LambdaFile
{
    /// <summary>The names of the Lambda layers with Python code, whatever version of Keras spelled it.</summary>
    public static IReadOnlyList<string> LayersOf(RecordedFile file) => [.. Search(FileContent.Read(file.Path).Config).Distinct()];

    /// <summary>Checks a file.</summary>
    public static IEnumerable<string> Check(RecordedFile file)
    {
        IReadOnlyList<string> layers = LayersOf(file);
        ModelFileException refusal = Refusal.Of(file);
        if (!layers.Any(l => refusal.Message.Contains($"'{l}'", StringComparison.Ordinal))) throw new DiffersException($"the refusal names none of the Lambda layers {string.Join(", ", layers)}: {refusal.Message}");
        CustomObjects functions = [];
        foreach (string layer in layers) functions[layer] = (TensorFunction)(x => x);
        string loaded;
        try
        {
            loaded = $"with functions in the code's place its {Model.Load(file.Path, functions).Weights.Count} weights load";
        }
        catch (Exception e) when (e is ModelFileException or ArgumentException)
        {
            // Which function would do nobody knows.
            loaded = $"no function that gives what it is given can take the code's place: {ModelReplay.Describe(e)}";
        }

        yield return $"refused: {refusal.Message.ReplaceLineEndings(" ")}; {loaded}";
    }

    private static IEnumerable<string> Search(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray items:
                return items.SelectMany(Search);
            case JsonObject form when form["class_name"] is JsonValue name && name.GetValueKind() == JsonValueKind.String && name.GetValue<string>() == "Lambda" && form["config"] is JsonObject config:
                return IsCode(config["function"]) ? [config["name"]?.ToString() ?? ""] : [];
            case JsonObject form:
                return form.SelectMany(p => Search(p.Value));
            default:
                return [];
        }
    }

    private static bool IsCode(JsonNode? function) => function is JsonArray || (function as JsonObject)?["class_name"]?.ToString() == "__lambda__";
}
