using System.Text.Json.Nodes;

namespace NKeras.Saving;

/// <summary>Puts entries of configurations where Keras has them, which is not always in the order of the constructor's parameters.</summary>
internal static class ConfigOrder
{
    /// <summary>Moves an entry in front of another.</summary>
    public static JsonObject Moved(this JsonObject config, string key, string before)
    {
        config.Remove(key, out JsonNode? value);
        return config.Placed(key, value, before);
    }

    /// <summary>Puts an entry, in place of the one that there may be, in front of another.</summary>
    public static JsonObject Placed(this JsonObject config, string key, JsonNode? value, string before)
    {
        config.Remove(key);
        config.Insert(config.IndexOf(before), key, value);
        return config;
    }

    /// <summary>The entries with some keys, in the order of these; null where there is none.</summary>
    public static JsonObject Selected(this JsonObject config, IEnumerable<string> keys)
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
