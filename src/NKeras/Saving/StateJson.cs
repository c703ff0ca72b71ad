using System.Globalization;
using System.Text.Json.Nodes;

namespace NKeras.Saving;

/// <summary>Values of state that is kept as JSON. Unlike JSON's numbers, these can be infinite or none.</summary>
internal static class StateJson
{
    /// <summary>A number; one that JSON does not have is written as text.</summary>
    public static JsonNode Of(double value) => double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number, or null.</summary>
    public static JsonNode? Of(double? value) => value is { } number ? Of(number) : null;

    /// <summary>The number that was written.</summary>
    /// <param name="node">The value.</param>
    /// <param name="key">What it is called in errors.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static double Number(JsonNode? node, string key) => node is JsonValue value && (value.TryGetValue(out double number)
        || (value.TryGetValue(out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)))
        ? number
        : throw Wrong(key, "a number");

    /// <summary>The number under a key; null if null was written.</summary>
    public static double? NumberOrNull(JsonObject json, string key) => json[key] is { } node ? Number(node, key) : null;

    /// <summary>The integer under a key.</summary>
    public static int Integer(JsonObject json, string key) => json[key] is JsonValue value && value.TryGetValue(out int number) ? number : throw Wrong(key, "an integer");

    /// <summary>The integers under a key.</summary>
    public static int[] Integers(JsonObject json, string key, int count) => json[key] is JsonArray list && list.Count == count
        ? [.. list.Select(n => n is JsonValue value && value.TryGetValue(out int number) ? number : throw Wrong(key, $"{count} integers"))]
        : throw Wrong(key, $"{count} integers");

    /// <summary>Whether something is so.</summary>
    public static bool Flag(JsonObject json, string key) => json[key] is JsonValue value && value.TryGetValue(out bool flag) ? flag : throw Wrong(key, "true or false");

    /// <summary>The text under a key.</summary>
    public static string Text(JsonObject json, string key) => json[key] is JsonValue value && value.TryGetValue(out string? text) ? text : throw Wrong(key, "a text");

    /// <summary>The object under a key.</summary>
    public static JsonObject Object(JsonObject json, string key) => json[key] as JsonObject ?? throw Wrong(key, "an object");

    private static ArgumentException Wrong(string key, string expected) => new($"'{BadConfig.Excerpt(key)}' is not {expected}.");
}
