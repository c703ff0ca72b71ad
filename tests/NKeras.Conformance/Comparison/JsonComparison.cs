using System.Text.Json;
using System.Text.Json.Nodes;

namespace NKeras.Conformance.Comparison;

/// <summary>Compares configurations: the order of keys does not matter, and numbers are numbers however they are written.</summary>
internal static class JsonComparison
{
    private const string Mark = "shared_object_id";
    private const string TorchOptimizers = "keras.src.backend.torch.optimizers.";

    /// <summary>All differences.</summary>
    public static IEnumerable<Difference> Compare(JsonNode? recorded, JsonNode? actual, string path = "$") => (recorded, actual) switch
    {
        (JsonObject r, JsonObject a) => r.Select(p => p.Key).ToHashSet().SetEquals(a.Select(p => p.Key))
            ? r.SelectMany(p => Compare(p.Value, a[p.Key], $"{path}.{p.Key}"))
            : [new(DifferenceKind.Structure, $"{path} has {Keys(a)}, Keras's {Keys(r)}")],
        (JsonArray r, JsonArray a) => r.Count == a.Count
            ? r.SelectMany((item, i) => Compare(item, a[i], $"{path}[{i}]"))
            : [new(DifferenceKind.Structure, $"{path} has {a.Count} items, Keras's {r.Count}")],
        (JsonValue r, JsonValue a) when r.GetValueKind() == JsonValueKind.Number && a.GetValueKind() == JsonValueKind.Number =>
            double.Parse(r.ToJsonString()) == double.Parse(a.ToJsonString()) ? [] : [Value(recorded, actual, path)],
        _ => JsonNode.DeepEquals(recorded, actual) ? [] : [Value(recorded, actual, path)],
    };

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

    /// <summary>
    /// The configuration without the marks of objects that stand in several places, where these have no state: which of equal policies and initializers
    /// are one in Python does not matter. Those of layers are numbered in their order.
    /// </summary>
    public static JsonNode WithoutMarks(JsonNode config)
    {
        Renumber(config, []);
        return config;
    }

    /// <summary>
    /// The configuration of a legacy file without the modules of functions. Keras: leaves them out and cannot read such a file again, as it takes the
    /// functions for layers; with them it can.
    /// </summary>
    public static JsonNode WithoutStepModules(JsonNode config)
    {
        if (config is JsonArray items)
        {
            foreach (JsonNode? item in items.Where(i => i is not null)) WithoutStepModules(item!);
        }

        if (config is not JsonObject form) return config;
        if (form["module"]?.ToString().StartsWith("keras.src.ops.", StringComparison.Ordinal) == true)
        {
            form.Remove("module");
            form.Remove("registered_name");
        }

        foreach ((_, JsonNode? value) in form.Where(p => p.Value is not null)) WithoutStepModules(value!);
        return config;
    }

    private static void Renumber(JsonNode? node, Dictionary<long, int> numbers)
    {
        if (node is JsonArray items)
        {
            foreach (JsonNode? item in items) Renumber(item, numbers);
        }

        if (node is not JsonObject form) return;
        if (form[Mark] is JsonValue value && value.TryGetValue(out long id))
        {
            form.Remove(Mark);
            if (form["module"]?.ToString() == "keras.layers") form[Mark] = numbers.TryGetValue(id, out int number) ? number : numbers[id] = numbers.Count + 1;
        }

        foreach ((_, JsonNode? inner) in form) Renumber(inner, numbers);
    }

    private static Difference Value(JsonNode? recorded, JsonNode? actual, string path) =>
        new(DifferenceKind.Value, $"{path} is {actual?.ToJsonString() ?? "null"}, Keras's {recorded?.ToJsonString() ?? "null"}");

    private static string Keys(JsonObject form) => string.Join(", ", form.Select(p => p.Key).Order(StringComparer.Ordinal));
}
