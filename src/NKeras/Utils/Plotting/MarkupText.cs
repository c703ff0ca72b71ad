using System.Text;

namespace NKeras.Plotting;

/// <summary>Text of users on its way into XML and DOT.</summary>
internal static class MarkupText
{
    /// <summary>The text with one replacement character for each that XML cannot hold, and blanks for line breaks and tabs.</summary>
    public static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            int c = rune.Value;
            if (c is '\t' or '\n' or '\r') clean.Append(' ');
            else if (c < ' ' || c is 0xFFFE or 0xFFFF) clean.Append('\uFFFD');
            else clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    /// <summary>The text inside an HTML-like label of DOT.</summary>
    public static string Html(string text) => Literal(text)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    /// <summary>The text as a label of DOT in quotes.</summary>
    public static string Quoted(string text) => $"\"{Literal(text).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The text without the meanings that Graphviz gives to backslashes and ampersands, in labels of either kind.</summary>
    private static string Literal(string text) => Clean(text)
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("&", "&amp;", StringComparison.Ordinal);
}
