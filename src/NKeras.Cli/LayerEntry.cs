using System.Text.Json.Nodes;

namespace NKeras.Cli;

/// <summary>A layer, as a configuration tells.</summary>
/// <param name="Depth">In how many models inside it is.</param>
/// <param name="Name">Its name; empty if it has none.</param>
/// <param name="ClassName">The name of its class.</param>
internal sealed record LayerEntry(int Depth, string Name, string ClassName)
{
    /// <summary>The layers of a model, and of models inside it, in their order.</summary>
    public static IReadOnlyList<LayerEntry> In(JsonObject model)
    {
        List<LayerEntry> entries = [];
        Stack<(JsonNode? Form, int Depth)> open = new(Forms(model).Reverse().Select(form => (form, 0)));
        while (open.TryPop(out (JsonNode? Form, int Depth) next))
        {
            if (next.Form is not JsonObject form || TextOf(form, "class_name") is not { } className) continue;
            entries.Add(new LayerEntry(next.Depth, NameOf(form), className));
            foreach (JsonNode? inner in Forms(form).Reverse()) open.Push((inner, next.Depth + 1));
        }

        return entries;
    }

    /// <summary>The name in a form: of a layer, beside its configuration or in it.</summary>
    public static string NameOf(JsonObject form) => (form["config"] is JsonObject config ? TextOf(config, "name") : null) ?? TextOf(form, "name") ?? "";

    /// <summary>A text in an object; null if there is none.</summary>
    public static string? TextOf(JsonObject form, string key) => form[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    // Keras 1 kept a Sequential's layers without an object around them.
    private static IEnumerable<JsonNode?> Forms(JsonObject model) => model["config"] switch
    {
        JsonArray layers => layers,
        JsonObject config when config["layers"] is JsonArray layers => layers,
        _ => [],
    };
}
