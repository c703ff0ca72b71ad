using System.Text.Json.Nodes;

namespace NKeras.Saving.Older;

/// <summary>Configurations of a <see cref="Sequential"/> as Keras 1 and 2 wrote them: the first layer knows the shape of the input, and several chains may be merged at the beginning.</summary>
internal static class OlderChains
{
    /// <summary>The layers around another, whose input's first dimension is that of the layer inside.</summary>
    private static readonly string[] s_likeInner = ["Bidirectional"];

    /// <summary>The configuration with an input in front, where the first layer tells the input's shape.</summary>
    public static JsonObject Renewed(JsonObject config)
    {
        if (config["layers"] is not JsonArray { Count: > 0 } layers || layers[0] is not JsonObject first) return config;
        JsonObject? input = InputOf(first);
        bool isKeras1 = OlderFormats.Concerns(layers);
        if (input == null && !isKeras1) return config;
        JsonObject copy = (JsonObject)config.DeepClone();
        layers = (JsonArray)copy["layers"]!;
        if (isKeras1) OlderFormats.Complete(layers);
        if (input != null) layers.Insert(0, input);
        return copy;
    }

    /// <summary>The configuration of a graph for a chain that begins with the results of others; null for any other.</summary>
    /// <exception cref="ArgumentException">What is merged are no chains.</exception>
    public static JsonObject? AsGraph(JsonObject config)
    {
        if (config["layers"] is not JsonArray { Count: > 0 } layers || MergedIn(layers) is null) return null;
        MergedChains graph = new();
        string last = graph.Add(layers);
        JsonObject result = new() { ["layers"] = graph.Layers, ["input_layers"] = graph.Inputs, ["output_layers"] = new JsonArray(MergedChains.Reference(last)) };
        if (config["name"] is { } name) result["name"] = name.DeepClone();
        return result;
    }

    /// <summary>The chains that a chain begins with the merging of; null if it does not.</summary>
    public static JsonArray? MergedIn(JsonArray chain) =>
        chain[0] is JsonObject first && Text(first["class_name"]) == "Merge" && first["config"] is JsonObject config ? config["layers"] as JsonArray : null;

    /// <summary>The layers of a chain's form, whichever way they are written; null if the form is none of a chain.</summary>
    public static JsonArray? LayersOf(JsonObject form) =>
        Text(form["class_name"]) != "Sequential" ? null : form["config"] as JsonArray ?? (form["config"] as JsonObject)?["layers"] as JsonArray;

    /// <summary>The form of the input that a chain's first layer asks for; null if it does not tell.</summary>
    public static JsonObject? InputOf(JsonObject first)
    {
        if (Text(first["class_name"]) is null or "InputLayer" || first["config"] is not JsonObject config || ShapeIn(first) is not { } shape) return null;
        JsonObject input = new() { ["batch_shape"] = shape.DeepClone() };
        if ((Text(config["input_dtype"]) ?? Text(config["dtype"])) is { } dtype && !dtype.StartsWith("mixed", StringComparison.Ordinal)) input["dtype"] = dtype;
        if (Text(config["name"]) is { } name) input["name"] = $"{name}_input";
        return new JsonObject { ["module"] = "keras.layers", ["class_name"] = "InputLayer", ["config"] = input };
    }

    private static JsonArray? ShapeIn(JsonObject form)
    {
        if (form["config"] is not JsonObject config) return null;
        if (config["batch_input_shape"] is JsonArray shape) return shape;
        return s_likeInner.Contains(Text(form["class_name"])) && config["layer"] is JsonObject { } inner ? (inner["config"] as JsonObject)?["batch_input_shape"] as JsonArray : null;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
