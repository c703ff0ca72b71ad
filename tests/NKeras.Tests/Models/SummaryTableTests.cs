using System.Text.Json;
using NKeras.Models;
using NKeras.Terminals;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Models;

/// <summary>Tables of random words, widths and styles, as rich draws them.</summary>
public sealed class SummaryTableTests
{
    [Fact]
    public void RecordedTables()
    {
        int tables = 0;
        foreach (JsonElement record in RecordedData.Records("summary_tables.jsonl.gz"))
        {
            SummaryTable table = new([.. record.GetProperty("columns").EnumerateArray().Select(Column)], record.GetProperty("width").GetInt32());
            foreach (JsonElement row in record.GetProperty("rows").EnumerateArray()) table.AddRow([.. row.EnumerateArray().Select(Cell)]);
            StyledText text = new();
            table.WriteTo(text);
            Assert.Equal(record.GetProperty("plain").GetString(), text.ToString());
            Assert.Equal(record.GetProperty("many").GetString(), text.ToString(TerminalColors.Many));
            tables++;
        }

        Assert.Equal(240, tables);
    }

    private static SummaryColumn Column(JsonElement column) => new(
        column.GetProperty("header").GetString()!,
        Enum.Parse<CellAlignment>(column.GetProperty("align").GetString()!, ignoreCase: true),
        column.GetProperty("width").GetInt32());

    private static StyledText Cell(JsonElement pieces)
    {
        StyledText text = new();
        foreach (JsonElement piece in pieces.EnumerateArray())
        {
            TextColor color = piece[0].GetString() switch
            {
                "n" => TextColor.Green,
                "u" => TextColor.Cyan,
                "s" => TextColor.Blue,
                _ => TextColor.Default,
            };
            text.Add(piece[1].GetString()!, new TextStyle(false, color));
        }

        return text;
    }
}
