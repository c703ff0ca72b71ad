using System.Text.Json.Nodes;

namespace NKeras.Layers;

/// <summary>Puts entries of configurations into Keras's order, where it is not that of the constructor's parameters.</summary>
internal static class ConfigOrder
{
    /// <summary>The configuration with one entry in another place.</summary>
    public static JsonObject Move(JsonObject config, string key, string before)
    {
        JsonNode? value = config[key];
        config.Remove(key);
        config.Insert(config.IndexOf(before), key, value);
        return config;
    }

    /// <summary>The entries with some keys, in the order of these; null where there is none.</summary>
    public static JsonObject Select(JsonObject config, IEnumerable<string> keys)
    {
        JsonObject selected = [];
        foreach (string key in keys.Distinct())
        {
            config.Remove(key, out JsonNode? value);
            selected[key] = value;
        }

        return selected;
    }
}
