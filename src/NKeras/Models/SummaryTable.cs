using System.Text;

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
    private readonly List<string[]> _rows = [];

    /// <summary>Creates a table without rows.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="width">The width of the whole table.</param>
    public SummaryTable(SummaryColumn[] columns, int width)
    {
        _columns = columns;
        _widths = FitWidths([.. columns.Select(c => c.Width + Padding)], width - (columns.Length + 1));
    }

    public void AddRow(string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        StringBuilder text = new();
        Rule(text, "┏━┳┓");
        Row(text, [.. _columns.Select(c => c.Header)], '┃');
        Rule(text, "┡━╇┩");
        for (int i = 0; i < _rows.Count; i++)
        {
            if (i > 0) Rule(text, "├─┼┤");
            Row(text, _rows[i], '│');
        }

        Rule(text, "└─┴┘");
        return text.ToString();
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
    private void Rule(StringBuilder text, string characters)
    {
        for (int i = 0; i < _widths.Length; i++) text.Append(i == 0 ? characters[0] : characters[2]).Append(characters[1], _widths[i]);
        text.Append(characters[3]).Append('\n');
    }

    private void Row(StringBuilder text, string[] cells, char border)
    {
        string[][] lines = [.. cells.Select((cell, i) => CellText.Lines(cell, Math.Max(0, _widths[i] - Padding), _columns[i].Alignment))];
        for (int line = 0; line < lines.Max(l => l.Length); line++)
        {
            for (int i = 0; i < lines.Length; i++)
            {
                string content = line < lines[i].Length ? lines[i][line] : new string(' ', Math.Max(0, _widths[i] - Padding));
                text.Append(border).Append(' ').Append(content).Append(' ');
            }

            text.Append(border).Append('\n');
        }
    }
}
