using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Core;

namespace NKeras.Saving.Older;

/// <summary>Values that other versions of Keras wrote otherwise. Each function gives the same value back where nothing has to change.</summary>
internal static class OlderValues
{
    private static readonly Dictionary<string, string> s_formats = new() { ["th"] = "channels_first", ["tf"] = "channels_last" };

    /// <summary>Names of activations in TensorFlow, which Keras 2 took from the functions.</summary>
    private static readonly Dictionary<string, string> s_activations = new() { ["softmax_v2"] = "softmax", ["relu_v2"] = "relu", ["swish_v2"] = "swish", ["gelu_v2"] = "gelu" };

    /// <summary>Losses and metrics that have another name today.</summary>
    private static readonly Dictionary<string, string> s_comparisons = new()
    {
        ["kullback_leibler_divergence"] = "kl_divergence",
        ["logcosh"] = "log_cosh",
        ["cosine_proximity"] = "cosine_similarity",
        ["cosine"] = "cosine_similarity",
        ["kld"] = "kl_divergence",
        ["KLD"] = "kl_divergence",
        ["bce"] = "binary_crossentropy",
        ["BCE"] = "binary_crossentropy",
        ["ACC"] = "accuracy",
    };

    /// <summary>Whether channels stand first or last.</summary>
    public static JsonNode DataFormat(JsonNode value) => Text(value) is { } text && s_formats.TryGetValue(text, out string? today) ? today : value;

    /// <summary>An activation.</summary>
    public static JsonNode Activation(JsonNode value)
    {
        if (Text(value) is not { } name) return value;
        // Keras: 3 changed what the name stands for, from 0.2 x + 0.5 to x / 6 + 0.5, and reads older files as if they meant the latter.
        if (name == ActivationNames.HardSigmoid && KerasVersion.IsBefore3) return ActivationNames.HardSigmoidOfKeras2;
        return s_activations.TryGetValue(name, out string? today) ? today : value;
    }

    /// <summary>A loss's or metric's name today.</summary>
    public static string Comparison(string name) => s_comparisons.GetValueOrDefault(name, name);

    /// <summary>Keras 1 gave the initial value of the forget gate's bias, of which today's settings know 1 and 0.</summary>
    public static JsonNode ForgetBias(JsonNode value) => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? value : Text(value) is "one" or "ones";

    /// <summary>How a loss sums up.</summary>
    public static JsonNode Reduction(JsonNode value) => Text(value) is "auto" or "AUTO" or "sum_over_nonzero_weights" ? "sum_over_batch_size" : value;

    /// <summary>How random initial values are distributed.</summary>
    public static JsonNode Distribution(JsonNode value) => Text(value) == "normal" ? "truncated_normal" : value;

    /// <summary>A type of elements. TensorFlow 1 called those of its variables otherwise.</summary>
    public static JsonNode DType(JsonNode value) => Text(value) is { } text && text.EndsWith("_ref", StringComparison.Ordinal) ? text[..^"_ref".Length] : value;

    /// <summary>Keras 1 padded by an object with a number for each side, or by a list of them.</summary>
    public static void RenewPadding(ConfigDraft config, string[] sides)
    {
        JsonNode?[]? numbers = config["padding"] switch
        {
            JsonObject named when named.All(p => sides.Contains(p.Key)) => [.. sides.Select(s => named[s] ?? 0)],
            JsonArray { Count: 4 } list when sides.Length == 4 => [.. list],
            _ => null,
        };
        if (numbers == null) return;
        JsonArray pairs = [.. numbers.Chunk(2).Select(p => new JsonArray(p[0]?.DeepClone(), p[1]?.DeepClone()))];
        config["padding"] = pairs.Count == 1 ? pairs[0]!.DeepClone() : pairs;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
