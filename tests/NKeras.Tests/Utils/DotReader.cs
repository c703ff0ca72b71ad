using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NKeras.Tests;

/// <summary>Reads back what ModelToDot writes: boxes with their cells, arrows, frames.</summary>
internal sealed partial class DotReader
{
    private readonly Dictionary<string, string> _titles = [];

    public DotReader(DotGraph graph)
    {
        Stack<string> open = [];
        foreach (string line in graph.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Opening().Match(line) is { Success: true } opening)
            {
                open.Push(opening.Groups[1].Value);
                if (Lines.Count == 0) First = line;
            }
            else if (line == "}")
            {
                open.Pop();
            }
            else if (Edge().Match(line) is { Success: true } edge)
            {
                Edges.Add($"{_titles[edge.Groups[1].Value]} -> {_titles[edge.Groups[2].Value]}");
            }
            else if (Node().Match(line) is { Success: true } node)
            {
                // The label is XML: were a name not escaped, it would not be.
                XElement[][] rows = [.. XElement.Parse(node.Groups[2].Value).Elements("tr").Select(r => r.Elements("td").ToArray())];
                string title = Escape().Replace(rows[0][0].Value, "$1");
                _titles.Add(node.Groups[1].Value, title);
                Boxes.Add(title);
                Cells[title] = [.. rows.Skip(1).SelectMany(r => r).Select(c => c.Value)];
                Assert.All(rows.Take(rows.Length - 1), r => Assert.Equal(rows[^1].Length, (int?)r.Single().Attribute("colspan") ?? 1));
                FrameOf[title] = string.Join("/", open.Reverse());
            }
            else if (Label().Match(line) is { Success: true } label)
            {
                open.Pop();
                // Graphviz reads entities in any label.
                open.Push(WebUtility.HtmlDecode(Escape().Replace(label.Groups[1].Value, "$1")));
            }

            Lines.Add(line);
        }

        Assert.Empty(open);
    }

    public string First { get; } = "";

    public List<string> Lines { get; } = [];

    public List<string> Boxes { get; } = [];

    public Dictionary<string, string[]> Cells { get; } = [];

    public Dictionary<string, string> FrameOf { get; } = [];

    public List<string> Edges { get; } = [];

    [GeneratedRegex(@"^(?:digraph|subgraph) (\w+) \{$")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^(\w+) -> (\w+) \[penwidth=2\];$")]
    private static partial Regex Edge();

    [GeneratedRegex(@"^(\w+) \[label=<(<table.*</table>)>, fontname=""Helvetica"", border=0, margin=0\];$")]
    private static partial Regex Node();

    [GeneratedRegex(@"^label=""((?:[^""\\]|\\.)*)"";$")]
    private static partial Regex Label();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
