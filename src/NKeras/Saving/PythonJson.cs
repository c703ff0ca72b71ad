using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Core;

namespace NKeras.Saving;

/// <summary>JSON as Python writes it: floating-point numbers can be told from integers. And read, within limits.</summary>
internal static class PythonJson
{
    /// <summary>The text of a value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="indented">Whether lines are broken and indented.</param>
    public static string Write(JsonNode node, bool indented = false)
    {
        Reading.Check(node);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = indented, MaxDepth = Reading.MostDepth, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, node);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads an object.</summary>
    /// <exception cref="ArgumentException">The text is not JSON, is nested too deep, or is no object.</exception>
    public static JsonObject Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            JsonObject config = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = Reading.MostDepth, AllowDuplicateProperties = false }) as JsonObject
                ?? throw new ArgumentException("The configuration is not a JSON object.", nameof(json));
            Reading.Check(config);
            return config;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ArgumentException($"The configuration cannot be read: {e.Message}", nameof(json), e);
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject properties:
                writer.WriteStartObject();
                foreach ((string key, JsonNode? value) in properties)
                {
                    writer.WritePropertyName(key);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (JsonNode? item in items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValue value when value.TryGetValue(out double number) && !value.TryGetValue(out long _) && !value.TryGetValue(out int _):
                writer.WriteRawValue(Number(number), skipInputValidation: true);
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    /// <summary>The text of a number.</summary>
    public static string Number(double number)
    {
        if (double.IsNaN(number)) return "NaN";
        if (double.IsInfinity(number)) return number > 0 ? "Infinity" : "-Infinity";
        return PythonNumber.Repr(number);
    }
}
