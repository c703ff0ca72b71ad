using System.Text;
using NKeras.Terminals;

namespace NKeras.Models;

/// <summary>Breaks text into lines, as rich does, which lays out Keras's summaries.</summary>
internal static class CellText
{
    private const char Ellipsis = '…';

    /// <summary>The lines of a table's cell: broken between words, cut with an ellipsis where that is not enough, and padded.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">The width of each line.</param>
    /// <param name="alignment">Where shorter lines stand.</param>
    /// <param name="padding">The style of the spaces around them.</param>
    public static StyledText[] Lines(StyledText text, int width, CellAlignment alignment, TextStyle padding)
    {
        if (width <= 0) return [new StyledText()];
        return [.. Split(text, width, fold: false).Select(l => StyledText.From(Align(l, width, alignment, padding)))];
    }

    /// <summary>The lines of text that stands by itself; words that are longer than a line are broken.</summary>
    public static IEnumerable<StyledText> Wrap(StyledText text, int width) => Split(text, width, fold: true).Select(l => StyledText.From(l));

    private static IEnumerable<(Rune Rune, TextStyle Style)[]> Split(StyledText text, int width, bool fold)
    {
        List<(Rune Rune, TextStyle Style)> rest = [.. text.Characters];
        while (true)
        {
            int end = rest.FindIndex(c => c.Rune.Value == '\n');
            (Rune Rune, TextStyle Style)[] line = [.. end < 0 ? rest : rest[..end]];
            int start = 0;
            foreach (int next in Breaks([.. line.Select(c => c.Rune)], width, fold).Append(line.Length))
            {
                yield return TrimOverhang(line[start..next], width);
                start = next;
            }

            if (end < 0) yield break;
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>Where new lines start.</summary>
    private static List<int> Breaks(Rune[] line, int width, bool fold)
    {
        List<int> breaks = [];
        int start = 0, used = 0;
        while (true)
        {
            // A word, with the spaces around it; those after it may hang over the edge.
            int end = Skip(Skip(start, true), false), next = Skip(end, true);
            if (end == start || Rune.IsWhiteSpace(line[end - 1])) return breaks;
            int word = TextWidth.Of(line[start..end]), full = TextWidth.Of(line[start..next]);
            if (used + word <= width)
            {
                used += full;
            }
            else
            {
                if (start > 0) breaks.Add(start);
                used = word > width && fold ? Fold(start, next) : full;
            }

            start = next;
        }

        int Skip(int at, bool space)
        {
            while (at < line.Length && Rune.IsWhiteSpace(line[at]) == space) at++;
            return at;
        }

        int Fold(int at, int end)
        {
            int cells = 0;
            for (; at < end; at++)
            {
                int cell = TextWidth.Of(line[at]);
                if (cells + cell > width && cells > 0)
                {
                    breaks.Add(at);
                    cells = 0;
                }

                cells += cell;
            }

            return cells;
        }
    }

    private static (Rune Rune, TextStyle Style)[] TrimOverhang((Rune Rune, TextStyle Style)[] line, int width)
    {
        int end = line.Length;
        while (end > width && Rune.IsWhiteSpace(line[end - 1].Rune)) end--;
        return line[..end];
    }

    private static IEnumerable<(Rune Rune, TextStyle Style)> Align((Rune Rune, TextStyle Style)[] line, int width, CellAlignment alignment, TextStyle padding)
    {
        if (alignment != CellAlignment.Left) line = line[..(Array.FindLastIndex(line, c => !Rune.IsWhiteSpace(c.Rune)) + 1)];
        line = Cut(line, width);
        int missing = width - Cells(line);
        int left = alignment switch
        {
            CellAlignment.Left => 0,
            CellAlignment.Right => missing,
            _ => missing / 2,
        };
        return [.. Spaces(left), .. line, .. Spaces(missing - left)];

        IEnumerable<(Rune Rune, TextStyle Style)> Spaces(int count) => Enumerable.Repeat((new Rune(' '), padding), count);
    }

    private static (Rune Rune, TextStyle Style)[] Cut((Rune Rune, TextStyle Style)[] line, int width)
    {
        if (Cells(line) <= width) return line;
        List<(Rune Rune, TextStyle Style)> kept = [];
        int cells = 0, at = 0;
        for (; cells + TextWidth.Of(line[at].Rune) <= width - 1; at++)
        {
            kept.Add(line[at]);
            cells += TextWidth.Of(line[at].Rune);
        }

        // Half of a wide character is a space.
        if (cells < width - 1) kept.Add((new Rune(' '), line[at++].Style));
        kept.Add((new Rune(Ellipsis), at < line.Length ? line[at].Style : TextStyle.Plain));
        return [.. kept];
    }

    private static int Cells((Rune Rune, TextStyle Style)[] line) => line.Sum(c => TextWidth.Of(c.Rune));
}
