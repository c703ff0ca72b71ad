using System.Text.Json.Nodes;

namespace NKeras.Saving;

/// <summary>The numbers that Python writes and reads in JSON though JSON has none: <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.</summary>
internal static class SpecialNumbers
{
    // A character before them that no text of a configuration begins with; one that does means a number, too.
    private const string Mark = "\u0001";

    private static readonly Dictionary<string, double> s_numbers = new() { ["NaN"] = double.NaN, ["Infinity"] = double.PositiveInfinity, ["-Infinity"] = double.NegativeInfinity };

    /// <summary>The same JSON with marked texts in place of such numbers; itself if it has none.</summary>
    public static ReadOnlySpan<byte> Mask(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("NaN"u8) < 0 && utf8.IndexOf("Infinity"u8) < 0) return utf8;
        MemoryStream masked = new(utf8.Length + 64);
        bool inText = false;
        for (int i = 0; i < utf8.Length;)
        {
            int length = inText ? 0 : LengthAt(utf8[i..]);
            if (length > 0)
            {
                masked.Write("\"\\u0001"u8);
                masked.Write(utf8.Slice(i, length));
                masked.WriteByte((byte)'"');
                i += length;
                continue;
            }

            byte b = utf8[i++];
            masked.WriteByte(b);
            if (b == '"') inText = !inText;
            else if (inText && b == '\\' && i < utf8.Length) masked.WriteByte(utf8[i++]);
        }

        return masked.GetBuffer().AsSpan(0, (int)masked.Length);
    }

    /// <summary>Puts the numbers in place of marked texts.</summary>
    public static void Unmask(JsonNode root)
    {
        Stack<JsonNode> open = new([root]);
        while (open.TryPop(out JsonNode? node))
        {
            if (node is JsonObject named)
            {
                foreach ((string key, JsonNode? value) in named.ToArray())
                {
                    if (key.StartsWith(Mark, StringComparison.Ordinal)) throw new ArgumentException("The configuration has a number in place of a name.");
                    if (NumberIn(value) is { } number) named[key] = number;
                    else if (value is JsonObject or JsonArray) open.Push(value);
                }
            }
            else if (node is JsonArray list)
            {
                for (int i = 0; i < list.Count; i++)
                {
                    if (NumberIn(list[i]) is { } number) list[i] = number;
                    else if (list[i] is JsonObject or JsonArray) open.Push(list[i]!);
                }
            }
        }
    }

    private static int LengthAt(ReadOnlySpan<byte> utf8)
    {
        if (utf8[0] is not ((byte)'N' or (byte)'I' or (byte)'-')) return 0;
        return utf8.StartsWith("NaN"u8) ? 3 : utf8.StartsWith("Infinity"u8) ? 8 : utf8.StartsWith("-Infinity"u8) ? 9 : 0;
    }

    private static double? NumberIn(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && text.StartsWith(Mark, StringComparison.Ordinal) && s_numbers.TryGetValue(text[Mark.Length..], out double number) ? number : null;
}
