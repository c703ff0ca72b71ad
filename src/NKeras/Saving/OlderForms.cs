using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Saving;

/// <summary>Entries of configurations that older versions of Keras called otherwise, or gave another form.</summary>
internal static class OlderForms
{
    private static readonly Dictionary<(Type Type, string Old), string> s_names = new()
    {
        [(typeof(LeakyReLU), "alpha")] = "negative_slope",
    };

    /// <summary>What loss-scaling optimizers wrote though it had no effect; other values were not possible.</summary>
    private static readonly (string Key, double Value)[] s_withoutEffect = [("use_ema", 0), ("ema_momentum", 0.99), ("dynamic", 1)];

    /// <summary>A configuration as today's Keras writes it.</summary>
    public static JsonObject Renewed(Type type, JsonObject config)
    {
        foreach (((Type owner, string old), string name) in s_names)
        {
            if (owner == type && config.ContainsKey(old) && !config.ContainsKey(name)) config = With(config, name, config[old], except: old);
        }

        if (type == typeof(LossScaleOptimizer))
        {
            foreach ((string key, double value) in s_withoutEffect)
            {
                if (config[key] is JsonValue given && (given.TryGetValue(out bool flag) ? flag ? 1 : 0 : given.TryGetValue(out double number) ? number : double.NaN) == value) config = Without(config, key);
            }
        }

        // TensorFlow's Keras 2 had a list of one.
        return type == typeof(BatchNormalization) && config["axis"] is JsonArray { Count: 1 } axes ? With(config, "axis", axes[0]) : config;
    }

    private static JsonObject Without(JsonObject config, string key)
    {
        JsonObject copy = (JsonObject)config.DeepClone();
        copy.Remove(key);
        return copy;
    }

    private static JsonObject With(JsonObject config, string name, JsonNode? value, string? except = null)
    {
        JsonObject copy = (JsonObject)config.DeepClone();
        if (except != null) copy.Remove(except);
        copy[name] = value?.DeepClone();
        return copy;
    }
}
