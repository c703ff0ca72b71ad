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

    /// <summary>The object that a form describes.</summary>
    public static T Deserialize<T>(JsonNode config, IReadOnlyDictionary<string, Type>? customObjects)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(config);
        using CustomObjectScope? scope = customObjects == null ? null : new(customObjects);
        return Reading.Run(() =>
        {
            Reading.Check(config);
            return ConfigReader.Read<T>(config)!;
        });
    }
}
