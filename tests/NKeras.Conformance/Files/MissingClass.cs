using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Conformance.Binding;

namespace NKeras.Conformance.Files;

/// <summary>Finds the class of Keras's that a file needs and NKeras does not have yet.</summary>
internal static class MissingClass
{
    /// <summary>The class that a refusal is about; null if NKeras lacks none of the file's, or the refusal names another reason.</summary>
    /// <param name="file">The file.</param>
    /// <param name="refusal">The refusal.</param>
    public static string? In(RecordedFile file, Exception refusal)
    {
        if (FileContent.Read(file.Path).Config is not { } config) return null;
        return Classes(config)
            .Where(c => KerasModules.ClassOf($"keras.layers.{c}") == null && KerasModules.ClassOf(c) == null && c != "Functional")
            .FirstOrDefault(c => refusal.Message.Contains($"'{c}'", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Classes(JsonNode? node) => node switch
    {
        JsonObject form => form.SelectMany(p => Classes(p.Value)).Concat(form["class_name"] is JsonValue name && name.GetValueKind() == JsonValueKind.String ? [name.GetValue<string>()] : []),
        JsonArray items => items.SelectMany(Classes),
        _ => [],
    };
}
