using System.Text;
using System.Text.Json.Nodes;

namespace NKeras.Saving;

/// <summary>Errors of configurations: every one is an <see cref="ArgumentException"/> that says where, in a few words.</summary>
internal static class BadConfig
{
    private const int Longest = 80, MostListed = 10;

    /// <summary>Whether an exception can come of values that do not fit; others are mistakes of ours and stay what they are.</summary>
    public static bool Causes(Exception e) => e is ArgumentException or InvalidOperationException or NotSupportedException or FormatException or ArithmeticException or OutOfMemoryException;

    /// <summary>Runs something whose errors are to say where they happened.</summary>
    public static T Within<T>(string where, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (Causes(e))
        {
            throw new ArgumentException($"{where}: {e.Message}", e);
        }
    }

    /// <inheritdoc cref="Within{T}"/>
    public static void Within(string where, Action action) => Within<object?>(where, () =>
    {
        action();
        return null;
    });

    /// <summary>The first few of many names, in quotes.</summary>
    public static string List(IEnumerable<string> names)
    {
        string[] shown = [.. names.Take(MostListed + 1).Select(n => $"'{Excerpt(n)}'")];
        return $"{string.Join(", ", shown.Take(MostListed))}{(shown.Length > MostListed ? ", ..." : "")}";
    }

    /// <summary>The beginning of a text.</summary>
    public static string Excerpt(string text) => text.Length > Longest ? $"{text[..(Longest - 3)]}..." : text;

    /// <summary>The beginning of a value's text; the rest is not even written.</summary>
    public static string Excerpt(JsonNode? node)
    {
        StringBuilder text = new();
        Append(text, node);
        return Excerpt(text.ToString());
    }

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject named:
                AppendItems(text, '{', '}', named, p =>
                {
                    text.Append('"').Append(Excerpt(p.Key)).Append("\":");
                    Append(text, p.Value);
                });
                break;
            case JsonArray list:
                AppendItems(text, '[', ']', list, item => Append(text, item));
                break;
            case JsonValue value when value.TryGetValue(out string? content):
                text.Append('"').Append(Excerpt(content)).Append('"');
                break;
            default:
                text.Append(Excerpt(node.ToJsonString()));
                break;
        }
    }

    private static void AppendItems<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<T> append)
    {
        text.Append(open);
        int start = text.Length;
        foreach (T item in items)
        {
            if (text.Length > start) text.Append(',');
            if (text.Length > Longest) return;
            append(item);
        }

        text.Append(close);
    }
}
