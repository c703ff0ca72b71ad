using System.Text.Json.Nodes;

namespace NKeras.Saving.Older;

/// <summary>Where channels stand for the layers of Keras 1 that did not write it down: where the other layers of the model have them.</summary>
internal static class OlderFormats
{
    private const string Key = "dim_ordering", First = "th";

    private static readonly HashSet<string> s_silent = ["ZeroPadding2D", "ZeroPadding3D", "Cropping2D", "Cropping3D", "UpSampling2D", "UpSampling3D"];

    /// <summary>Completes the layers of a model, whose forms are changed.</summary>
    public static void Complete(JsonArray layers)
    {
        if (!layers.Any(l => ConfigOf(l)?[Key] is JsonValue value && value.TryGetValue(out string? text) && text == First)) return;
        foreach (JsonNode? layer in layers)
        {
            if (layer!["class_name"] is JsonValue name && name.TryGetValue(out string? className) && s_silent.Contains(className) && ConfigOf(layer) is { } config && !config.ContainsKey(Key) && !config.ContainsKey("data_format"))
                config[Key] = First;
        }
    }

    /// <summary>Whether a model has a layer with the channels in front in the way of Keras 1.</summary>
    public static bool Concerns(JsonArray layers) => layers.All(l => l is JsonObject) && layers.Any(l => ConfigOf(l)?.ContainsKey(Key) == true);

    private static JsonObject? ConfigOf(JsonNode? layer) => (layer as JsonObject)?["config"] as JsonObject;
}
