using System.Text.Json.Nodes;
using NKeras.Layers;

namespace NKeras.Saving;

/// <summary>Entries of configurations that older versions of Keras called otherwise.</summary>
internal static class RenamedKeys
{
    private static readonly Dictionary<(Type Type, string Old), string> s_names = new()
    {
        [(typeof(LeakyReLU), "alpha")] = "negative_slope",
    };

    /// <summary>A configuration with today's names.</summary>
    public static JsonObject Apply(Type type, JsonObject config)
    {
        foreach (((Type owner, string old), string name) in s_names)
        {
            if (owner != type || !config.ContainsKey(old) || config.ContainsKey(name)) continue;
            config = (JsonObject)config.DeepClone();
            config[name] = config[old]?.DeepClone();
            config.Remove(old);
        }

        return config;
    }
}
