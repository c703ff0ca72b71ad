using System.Text.Json.Nodes;

namespace NKeras.Saving.Older;

/// <summary>What a model was compiled with, as Keras 1 and 2 wrote it.</summary>
internal static class OlderTraining
{
    private static readonly string[] s_comparisons = ["loss", "metrics", "weighted_metrics"];

    /// <summary>The configuration with today's names of losses and metrics.</summary>
    public static JsonObject Renewed(JsonObject config)
    {
        if (!KerasVersion.IsBefore3) return config;
        JsonObject copy = (JsonObject)config.DeepClone();
        foreach (string key in s_comparisons)
        {
            if (copy[key] is { } value) copy[key] = Named(value);
        }

        return copy;
    }

    private static JsonNode? Named(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue(out string? name) => OlderValues.Comparison(name),
        JsonArray list => new JsonArray([.. list.Select(Named)]),
        JsonObject form when form.ContainsKey("class_name") => form.DeepClone(),
        JsonObject named => new JsonObject(named.Select(p => KeyValuePair.Create(p.Key, Named(p.Value)))),
        _ => node?.DeepClone(),
    };
}
