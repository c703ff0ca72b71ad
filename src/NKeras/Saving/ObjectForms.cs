using System.Text.Json.Nodes;

namespace NKeras.Saving;

/// <summary>What <c>serialize</c>, <c>deserialize</c> and <c>get</c> of Keras's modules have in common.</summary>
internal static class ObjectForms
{
    /// <summary>An object's form in files.</summary>
    public static JsonObject Serialize(IConfigurable value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (JsonObject)KerasSerializer.Serialize(value)!;
    }

    /// <summary>A form with the module and the spelling of the class, where it names one of Keras's classes without its module or in other letters.</summary>
    public static JsonNode Complete(JsonNode config, string module)
    {
        if (config is not JsonObject form || form["class_name"] is not JsonValue value || !value.TryGetValue(out string? given) || form["registered_name"] is not null) return config;
        if (form["module"] is { } named && !(named is JsonValue text && text.TryGetValue(out string? name) && name == module)) return config;
        if (TypeTable.NamesIn(module).FirstOrDefault(n => n.Equals(given, StringComparison.OrdinalIgnoreCase)) is not { } className) return config;
        JsonObject complete = (JsonObject)form.DeepClone();
        (complete["module"], complete["class_name"]) = (module, className);
        return complete;
    }

    /// <summary>The object that a form describes.</summary>
    public static T Deserialize<T>(JsonNode config, IReadOnlyDictionary<string, Type>? customObjects, LoadPolicy? policy = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(config);
        using CustomObjectScope? scope = customObjects == null ? null : new(customObjects);
        return Reading.Run(() =>
        {
            Reading.Check(config);
            return ConfigReader.Read<T>(config)!;
        }, policy);
    }
}
