using NKeras.Terminals;

namespace NKeras.Models;

/// <summary>
/// A table with box-drawing borders, laid out as Keras's summaries are: columns of given widths, cells wrapped between
/// words, and what is still too long cut with an ellipsis.
/// </summary>
internal sealed class SummaryTable
{
    private const int Padding = 2; // A space on each side of a cell.

    private readonly SummaryColumn[] _columns;
    private readonly int[] _widths;
    private readonly List<StyledText[]> _rows = [];

    /// <summary>Creates a table without rows.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="width">The width of the whole table.</param>
    public SummaryTable(SummaryColumn[] columns, int width)
    {
        _columns = columns;
        int available = width - (columns.Length + 1);
        _widths = FitWidths([.. columns.Select(c => Math.Min(c.Width + Padding, available))], available);
    }

    public void AddRow(params StyledText[] cells) => _rows.Add(cells);

    /// <summary>Writes the table at the end of a text.</summary>
    public void WriteTo(StyledText text)
    {
        Rule(text, "┏━┳┓");
        Row(text, [.. _columns.Select(c => new StyledText(c.Header, TextStyle.Strong))], "┃", TextStyle.Strong);
        Rule(text, "┡━╇┩");
        for (int i = 0; i < _rows.Count; i++)
        {
            if (i > 0) Rule(text, "├─┼┤");
            Row(text, _rows[i], "│", TextStyle.Plain);
        }

        Rule(text, "└─┴┘");
    }

    /// <summary>Brings the columns to the table's width: all give evenly, or all gain in proportion.</summary>
    private static int[] FitWidths(int[] widths, int available)
    {
        int excess = widths.Sum() - available;
        for (int i = 0; excess > 0 && i < widths.Length; i++)
        {
            // Halves round to even, here and in the layout this follows.
            int share = Math.Min(widths[i], (int)Math.Round((double)excess / (widths.Length - i)));
            widths[i] -= share;
            excess -= share;
        }

        int total = widths.Sum(), missing = available - total;
        for (int i = 0; missing > 0 && i < widths.Length; i++)
        {
            int share = (int)Math.Ceiling((double)widths[i] * missing / total);
            total -= widths[i];
            widths[i] += share;
            missing -= share;
        }

        return widths;
    }

    /// <summary>A horizontal line; its characters are the left end, the line, the crossing and the right end.</summary>
    private void Rule(StyledText text, string characters) =>
        text.Add($"{characters[0]}{string.Join(characters[2], _widths.Select(w => new string(characters[1], w)))}{characters[3]}\n");

    private void Row(StyledText text, StyledText[] cells, string border, TextStyle style)
    {
        StyledText[][] lines = [.. cells.Select((cell, i) => CellText.Lines(cell, _widths[i] - Padding, _columns[i].Alignment, style))];
        int height = lines.Max(l => l.Length);
        for (int line = 0; line < height; line++)
        {
            for (int i = 0; i < lines.Length; i++)
            {
                // Titles stand at the bottom of their row, other cells at the top.
                int at = style == TextStyle.Strong ? line - (height - lines[i].Length) : line;
                text.Add(border);
                if (at < 0 || at >= lines[i].Length || _widths[i] <= Padding) text.Add(new string(' ', _widths[i]), style);
                else text.Add(" ", style).Add(lines[i][at]).Add(" ", style);
            }

            text.Add(border).Add("\n");
        }
    }
}
