using System.Globalization;
using System.Text;
using NKeras.Core;
using NKeras.Terminals;

namespace NKeras.Callbacks;

/// <summary>Writes a history as a table: a row for each epoch, and columns for each score of training and validation.</summary>
internal static class HistoryTable
{
    private const int MostWidth = 100;

    /// <summary>How many epochs are shown at either end.</summary>
    private const int Shown = 10;

    private const string Left = "…";

    public static string Write(IReadOnlyList<HistoryRow> rows, IReadOnlyList<ScorePair> pairs)
    {
        if (rows.Count == 0) return "No epochs";
        // Null stands for the epochs that are left out.
        HistoryRow?[] shown = rows.Count <= 2 * Shown ? [.. rows] : [.. rows.Take(Shown), null, .. rows.TakeLast(Shown)];
        string[] epochs = Column("epoch", shown.Select(r => r == null ? Left : (r.Epoch + 1).ToString(CultureInfo.InvariantCulture)));
        Queue<string[]> groups = new(pairs.Select(pair => Group(pair, shown)));

        List<string> blocks = [];
        do
        {
            List<string[]> block = [epochs];
            int width = epochs[0].Length;
            while (groups.TryPeek(out string[]? next) && (block.Count == 1 || width + Width(next[0]) <= MostWidth))
            {
                block.Add(groups.Dequeue());
                width += Width(next[0]) + 3;
            }

            blocks.Add(Join(block));
        }
        while (groups.Count > 0);
        return string.Join("\n\n", blocks);
    }

    /// <summary>The lines of a score's columns, the title first.</summary>
    private static string[] Group(ScorePair pair, HistoryRow?[] rows)
    {
        string[][] columns = [.. pair.Names.Select(name => Column(name, rows.Select(row => Cell(row, name))))];
        return [.. Enumerable.Range(0, rows.Length + 1).Select(i => string.Join("  ", columns.Select(c => c[i])))];
    }

    /// <summary>A score as the progress bar shows it.</summary>
    private static string Cell(HistoryRow? row, string name)
    {
        if (row == null) return Left;
        return row.Scores.TryGetValue(name, out double value) ? PythonNumber.Score(value) : "";
    }

    private static string[] Column(string title, IEnumerable<string> cells)
    {
        string[] lines = [title, .. cells];
        int width = lines.Max(Width);
        return [.. lines.Select(l => new string(' ', width - Width(l)) + l)];
    }

    /// <summary>Puts groups side by side, with lines between them and below the titles.</summary>
    private static string Join(List<string[]> groups)
    {
        StringBuilder text = new();
        for (int line = 0; line < groups[0].Length; line++)
        {
            if (line > 0) text.Append('\n');
            text.AppendJoin(" │ ", groups.Select(g => g[line]));
            if (line == 0) text.Append('\n').AppendJoin("─┼─", groups.Select(g => new string('─', Width(g[0]))));
        }

        return text.ToString();
    }

    private static int Width(string text) => TextWidth.Of(text.EnumerateRunes());
}
