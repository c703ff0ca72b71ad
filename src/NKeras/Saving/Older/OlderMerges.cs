using System.Text.Json.Nodes;

namespace NKeras.Saving.Older;

/// <summary>The layer of Keras 1 that merged in several ways, as the layers that there are for each way today.</summary>
internal static class OlderMerges
{
    private static readonly Dictionary<string, string> s_modes = new()
    {
        ["sum"] = "Add",
        ["mul"] = "Multiply",
        ["ave"] = "Average",
        ["max"] = "Maximum",
        ["concat"] = "Concatenate",
        ["dot"] = "Dot",
    };

    private static readonly string[] s_ownKeys =
        ["mode", "mode_type", "concat_axis", "dot_axes", "output_shape", "output_shape_type", "output_mask", "output_mask_type", "arguments", "layers", "node_indices", "tensor_indices"];

    /// <summary>Changes a configuration, and gives the class that it is one of then.</summary>
    /// <exception cref="ArgumentException">It merges by a function, or in a way that no layer does today.</exception>
    public static string Renew(ConfigDraft config)
    {
        string mode = config["mode"] is JsonValue value && value.TryGetValue(out string? text) && config["mode_type"] is null or JsonValue ? ConfigReader.Text(config["mode"]) : "";
        string type = config["mode_type"] is { } given ? ConfigReader.Text(given) : "raw";
        if (type != "raw") throw new ArgumentException("it merges by a Python function, which is never run. Supported are the modes sum, mul, ave, max, concat and dot.");
        if (!s_modes.TryGetValue(mode, out string? className)) throw new ArgumentException($"it merges in mode '{BadConfig.Excerpt(mode)}'; supported are {string.Join(", ", s_modes.Keys)}.");
        JsonNode? concatAxis = config["concat_axis"]?.DeepClone(), dotAxes = config["dot_axes"]?.DeepClone();
        foreach (string key in s_ownKeys) config.Remove(key);
        if (className == "Concatenate" && concatAxis != null) config["axis"] = concatAxis;
        if (className == "Dot") config["axes"] = dotAxes ?? -1;
        return className;
    }
}
