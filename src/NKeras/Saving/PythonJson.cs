using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Core;

namespace NKeras.Saving;

/// <summary>JSON as Python writes it: floating-point numbers can be told from integers. And read, within limits.</summary>
internal static class PythonJson
{
    // A text is held twice, once with two bytes for a letter.
    private const int BytesOfTextInNode = Reading.BytesOfNode / 3;

    /// <summary>The text of a value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="indented">Whether lines are broken and indented.</param>
    public static string Write(JsonNode node, bool indented = false)
    {
        Reading.Check(node);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = indented, MaxDepth = LoadPolicy.Default.MaxDepth, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, node);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads an object, within the bounds of the <see cref="Reading"/> in progress.</summary>
    /// <exception cref="ArgumentException">The text is not JSON, is too long, is nested too deep, holds a name twice, or is no object.</exception>
    public static JsonObject Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        CheckLength(json.Length);
        return Read(Encoding.UTF8.GetBytes(json));
    }

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="utf8">The text as UTF-8.</param>
    public static JsonObject Read(ReadOnlySpan<byte> utf8)
    {
        CheckLength(utf8.Length);
        if (utf8.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        LoadPolicy policy = Reading.PolicyNow;
        try
        {
            ReadOnlySpan<byte> standard = SpecialNumbers.Mask(utf8);
            Reading.Current?.AddNodes(Count(standard, policy.MaxDepth));
            JsonObject config = JsonNode.Parse(standard, documentOptions: new JsonDocumentOptions { MaxDepth = policy.MaxDepth, AllowDuplicateProperties = false }) as JsonObject
                ?? throw new ArgumentException("The configuration is not a JSON object.");
            Reading.Check(config);
            if (standard.Length != utf8.Length) SpecialNumbers.Unmask(config);
            return config;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ArgumentException($"The configuration cannot be read: {e.Message}", e);
        }
    }

    private static void CheckLength(int length)
    {
        int most = Reading.PolicyNow.MaxConfigBytes;
        if (length > most) throw new ArgumentException($"The configuration has {length} bytes; the policy allows {most}.");
    }

    /// <summary>How many values a text has, the text itself counted as some: a value of two letters takes a hundred bytes.</summary>
    private static long Count(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        long count = utf8.Length / BytesOfTextInNode;
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject or JsonTokenType.PropertyName)) count++;
        }

        return count;
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
