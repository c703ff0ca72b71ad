using System.Text.Json.Nodes;

namespace NKeras.Saving.Legacy;

/// <summary>Configurations in the spelling of legacy files: without modules for layers, losses, metrics and optimizers, and without what a layer was built for.</summary>
internal static class LegacyConfig
{
    private static readonly string[] s_callKeys = ["name", "inbound_nodes"];

    /// <summary>A model's configuration.</summary>
    public static JsonObject Of(Model model) => Layer((JsonObject)InlineAssets.Write(() => KerasSerializer.Serialize(model))!);

    /// <summary>What a model is compiled with; null if it is not.</summary>
    public static JsonObject? TrainingOf(Model model)
    {
        JsonObject config = model.GetCompileConfig();
        if (config.Count == 0) return null;
        JsonNode? optimizer = config["optimizer"]?.DeepClone();
        config.Remove("optimizer");
        JsonObject training = new(config.Select(p => KeyValuePair.Create(p.Key, WithoutModules(p.Value))));
        if (optimizer is JsonObject form) training["optimizer_config"] = Named(form, form["config"]?.DeepClone());
        return training;
    }

    private static JsonObject Layer(JsonObject form)
    {
        // Keras: leaves the module out here, too, and cannot tell such a step from a layer when it reads the file.
        if (form["module"] is JsonValue module && module.TryGetValue(out string? name) && OpSerializer.IsOperation(name)) return (JsonObject)form.DeepClone();
        JsonObject result = Named(form, Inside(form["config"]));
        foreach (string key in s_callKeys)
        {
            if (form.ContainsKey(key)) result[key] = form[key]?.DeepClone();
        }

        return result;
    }

    /// <summary>A configuration, with those of models in it.</summary>
    private static JsonNode? Inside(JsonNode? node) => node switch
    {
        JsonObject config when config["layers"] is JsonArray layers && layers.All(l => l is JsonObject form && form.ContainsKey("class_name")) =>
            new JsonObject(config.Select(p => KeyValuePair.Create(p.Key, p.Key == "layers" ? new JsonArray([.. layers.Select(l => Layer((JsonObject)l!))]) : p.Value?.DeepClone()))),
        JsonObject named => new JsonObject(named.Select(p => KeyValuePair.Create(p.Key, Inside(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Inside)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? WithoutModules(JsonNode? node) => node switch
    {
        JsonObject form when form.ContainsKey("class_name") => Named(form, form["config"]?.DeepClone()),
        JsonObject named => new JsonObject(named.Select(p => KeyValuePair.Create(p.Key, WithoutModules(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithoutModules)]),
        _ => node?.DeepClone(),
    };

    /// <summary>Class and configuration; a class of the user's is named as it is registered.</summary>
    private static JsonObject Named(JsonObject form, JsonNode? config) =>
        new() { ["class_name"] = (form["module"] is null ? form["registered_name"] : null)?.DeepClone() ?? form["class_name"]?.DeepClone(), ["config"] = config };
}
