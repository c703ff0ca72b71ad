using System.Text.RegularExpressions;

namespace NKeras.Models;

/// <summary>Breaks the text of a cell into lines of one width.</summary>
internal static partial class CellText
{
    /// <summary>The lines, each exactly as wide as the cell.</summary>
    public static string[] Lines(string text, int width, CellAlignment alignment)
    {
        List<string> lines = [];
        int start = 0, used = 0;
        foreach (Match word in Word().Matches(text))
        {
            // The spaces after a word belong to it, but may hang over the edge.
            if (width - used < word.Value.TrimEnd().Length && word.Index > start)
            {
                lines.Add(text[start..word.Index]);
                start = word.Index;
                used = 0;
            }

            used += word.Length;
        }

        lines.Add(text[start..]);
        return [.. lines.Select(l => Align(Cut(l.TrimEnd(), width), width, alignment))];
    }

    private static string Cut(string line, int width) => line.Length <= width ? line : width == 0 ? "" : line[..(width - 1)] + "…";

    private static string Align(string line, int width, CellAlignment alignment) => alignment switch
    {
        CellAlignment.Left => line.PadRight(width),
        CellAlignment.Right => line.PadLeft(width),
        _ => line.PadLeft(line.Length + ((width - line.Length) / 2)).PadRight(width),
    };

    [GeneratedRegex(@"\s*\S+\s*")]
    private static partial Regex Word();
}
