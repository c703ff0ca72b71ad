using System.Text.Json;
using System.Text.Json.Nodes;

namespace NKeras.Tests.Recorded;

/// <summary>Compares configurations: the order of keys does not matter, and numbers are numbers however they are written.</summary>
internal static class JsonComparison
{
    private const string TorchOptimizers = "keras.src.backend.torch.optimizers.";

    /// <summary>Fails at the first entry that differs, naming it.</summary>
    public static void AssertEqual(JsonNode? expected, JsonNode? actual, string path = "$")
    {
        switch (expected, actual)
        {
            case (JsonObject e, JsonObject a):
                Assert.True(e.Select(p => p.Key).ToHashSet().SetEquals(a.Select(p => p.Key)), $"{path} has {Keys(a)}; recorded: {Keys(e)}");
                foreach ((string key, JsonNode? value) in e) AssertEqual(value, a[key], $"{path}.{key}");
                break;
            case (JsonArray e, JsonArray a):
                Assert.True(e.Count == a.Count, $"{path} has {a.Count} items; recorded: {e.Count}");
                for (int i = 0; i < e.Count; i++) AssertEqual(e[i], a[i], $"{path}[{i}]");
                break;
            case (JsonValue e, JsonValue a) when e.GetValueKind() == JsonValueKind.Number && a.GetValueKind() == JsonValueKind.Number:
                Assert.True(double.Parse(e.ToJsonString()) == double.Parse(a.ToJsonString()), $"{path} is {a.ToJsonString()}; recorded: {e.ToJsonString()}");
                break;
            default:
                Assert.True(JsonNode.DeepEquals(expected, actual), $"{path} is {actual?.ToJsonString() ?? "null"}; recorded: {expected?.ToJsonString() ?? "null"}");
                break;
        }
    }

    /// <summary>
    /// The configuration as Keras writes it on its other backends. On the torch backend, which the recordings were made with,
    /// optimizers are of classes of that backend (<c>keras.src.backend.torch.optimizers.torch_adam</c>, registered as
    /// <c>Adam</c>), which only that backend can read; on the others they are <c>keras.optimizers</c>, which every backend can.
    /// </summary>
    public static JsonNode WithoutBackend(JsonNode config)
    {
        switch (config)
        {
            case JsonObject form:
                if (form["module"] is JsonValue module && module.TryGetValue(out string? name) && name.StartsWith(TorchOptimizers, StringComparison.Ordinal))
                    (form["module"], form["registered_name"]) = ("keras.optimizers", null);
                foreach ((_, JsonNode? value) in form.Where(p => p.Value is not null)) WithoutBackend(value!);
                break;
            case JsonArray items:
                foreach (JsonNode? item in items.Where(i => i is not null)) WithoutBackend(item!);
                break;
        }

        return config;
    }

    private static string Keys(JsonObject form) => string.Join(", ", form.Select(p => p.Key).Order(StringComparer.Ordinal));
}
