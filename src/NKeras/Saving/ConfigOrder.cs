using System.Text.Json.Nodes;

namespace NKeras.Saving;

/// <summary>Puts entries of configurations where Keras has them, which is not always in the order of the constructor's parameters.</summary>
internal static class ConfigOrder
{
    /// <summary>Moves an entry in front of another.</summary>
    public static JsonObject Moved(this JsonObject config, string key, string before)
    {
        JsonNode? value = config[key];
        config.Remove(key);
        config.Insert(config.IndexOf(before), key, value);
        return config;
    }
}
