using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras.Models;

/// <summary>Reads the configuration of a chain of layers.</summary>
internal static class SequentialConfig
{
    /// <summary>The chain.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message names the layer.</exception>
    public static Sequential Read(JsonObject config)
    {
        string? name = config["name"] is { } n ? ConfigReader.Text(n) : null;
        List<Layer> layers = [];
        foreach (JsonNode? form in ConfigReader.List(config["layers"]))
        {
            layers.Add(BadConfig.Within(
                $"Model '{BadConfig.Excerpt(name ?? "sequential")}', layer {layers.Count}",
                () => KerasSerializer.Deserialize<Layer>(form ?? throw ConfigReader.Expected("a layer's configuration", form))));
        }

        return BadConfig.Within($"Model '{BadConfig.Excerpt(name ?? "sequential")}'", () => Make(config, layers, name));
    }

    private static Sequential Make(JsonObject config, List<Layer> layers, string? name)
    {
        Sequential model = new(layers, name: name);
        if (config["trainable"] is { } trainable && !ConfigReader.Read<bool>(trainable)) model.Trainable = false;
        if (config["dtype"] is { } dtype) model.DTypePolicy = ConfigReader.Read<DTypePolicy>(dtype)!;
        if (model.GraphOrNull == null && config["build_input_shape"] is JsonArray shape) model.Build(ConfigReader.ReadShape(shape));
        return model;
    }
}
