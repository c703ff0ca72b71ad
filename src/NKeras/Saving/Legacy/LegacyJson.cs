using System.Text.Json.Nodes;

namespace NKeras.Saving.Legacy;

/// <summary>The JSON in legacy files, where tuples and shapes of TensorFlow are objects.</summary>
internal static class LegacyJson
{
    private static readonly string[] s_lists = ["__tuple__", "TensorShape"];

    /// <summary>Reads an object, with lists in place of tuples.</summary>
    /// <exception cref="ArgumentException">The text is not valid.</exception>
    public static JsonObject Read(string json)
    {
        JsonObject config = PythonJson.Read(json);
        // Most files have none, and need no copy.
        return s_lists.Any(l => json.Contains(l, StringComparison.Ordinal)) ? (JsonObject)Plain(config)! : config;
    }

    private static JsonNode? Plain(JsonNode? node) => node switch
    {
        JsonObject form when form["class_name"] is JsonValue name && name.TryGetValue(out string? text) && s_lists.Contains(text) =>
            form["items"] is JsonArray items ? Plain(items) : null,
        JsonObject named => new JsonObject(named.Select(p => KeyValuePair.Create(p.Key, Plain(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Plain)]),
        _ => node?.DeepClone(),
    };
}
