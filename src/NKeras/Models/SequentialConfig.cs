using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Saving;
using NKeras.Saving.Older;

namespace NKeras.Models;

/// <summary>Reads the configuration of a chain of layers.</summary>
internal static class SequentialConfig
{
    /// <summary>The chain.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message names the layer.</exception>
    // Keras: a chain of Keras 1 that merges others is no chain today.
    public static Model Read(JsonObject config)
    {
        string? name = config["name"] is { } n ? ConfigReader.Text(n) : null;
        if (BadConfig.Within($"Model '{BadConfig.Excerpt(name ?? "sequential")}'", () => OlderChains.AsGraph(config)) is { } graph) return FunctionalReader.Read(graph);
        config = OlderChains.Renewed(config);
        List<Layer> layers = [];
        Dictionary<string, (JsonNode Form, Layer Layer)> known = [];
        foreach (JsonNode? form in ConfigReader.List(config["layers"]))
        {
            layers.Add(BadConfig.Within($"Model '{BadConfig.Excerpt(name ?? "sequential")}', layer {layers.Count}", () => ReadLayer(form, known)));
        }

        SkipNumbers(layers);
        return BadConfig.Within($"Model '{BadConfig.Excerpt(name ?? "sequential")}'", () => Make(config, layers, name));
    }

    private static Layer ReadLayer(JsonNode? form, Dictionary<string, (JsonNode Form, Layer Layer)> known)
    {
        if (form == null) throw ConfigReader.Expected("a layer's configuration", form);
        string? key = ((form as JsonObject)?["config"] as JsonObject)?["name"]?.ToJsonString();
        // Keras: writes a layer that comes twice once, so that the model read is another.
        if (key != null && known.TryGetValue(key, out (JsonNode Form, Layer Layer) before) && JsonNode.DeepEquals(before.Form, form)) return before.Layer;
        Layer layer = KerasSerializer.Deserialize<Layer>(form);
        if (key != null) known[key] = (form, layer);
        return layer;
    }

    private static Sequential Make(JsonObject config, List<Layer> layers, string? name)
    {
        Sequential model = new(layers, name: name);
        if (config["trainable"] is { } trainable && !ConfigReader.Read<bool>(trainable)) model.Trainable = false;
        if (config["dtype"] is { } dtype) model.DTypePolicy = ConfigReader.Read<DTypePolicy>(dtype)!;
        if (model.GraphOrNull == null && config["build_input_shape"] is JsonArray shape) model.Build(ConfigReader.ReadShape(shape));
        return model;
    }

    /// <summary>Takes the numbers that Keras does, which adds the layers one by one and connects the chain anew for each.</summary>
    // Keras: really does that, which takes the square of the number of layers in time and memory.
    private static void SkipNumbers(List<Layer> layers)
    {
        int before = layers is [InputLayer, ..] ? layers.Count - 2 : 0;
        if (before <= 0) return;
        Naming.Skip("functional", before);
        Naming.Skip(KerasTensor.AutomaticName, (long)before * (before + 1) / 2);
    }
}
