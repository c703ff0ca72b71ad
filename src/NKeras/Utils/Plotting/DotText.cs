using System.Globalization;
using System.Text;

namespace NKeras.Plotting;

/// <summary>Writes a picture in Graphviz's language, with Keras's look.</summary>
internal sealed class DotText
{
    private const string HeaderFont = "<font point-size=\"16\" color=\"white\">";
    private const string Font = "<font point-size=\"14\">";

    private readonly StringBuilder _text = new();
    private readonly bool _showNames;
    private int _clusters;

    private DotText(bool showNames) => _showNames = showNames;

    /// <summary>A graph.</summary>
    public static string Graph(ModelPicture picture, bool showNames, string rankdir, int dpi, string splines)
    {
        DotText dot = new(showNames);
        dot._text.Append("digraph G {\n");
        dot._text.Append(CultureInfo.InvariantCulture, $"    rankdir={rankdir};\n    concentrate=true;\n    dpi={dpi};\n    splines={splines};\n    node [shape=record];\n");
        dot.AddItems(picture.Root, 1);
        return dot.End(picture);
    }

    /// <summary>The part of a graph that one model is.</summary>
    public static string Subgraph(ModelPicture picture, bool showNames)
    {
        DotText dot = new(showNames);
        dot.BeginCluster(picture.Root, 0);
        dot.AddItems(picture.Root, 1);
        return dot.End(picture);
    }

    private string End(ModelPicture picture)
    {
        // All at the end: an edge named inside of a cluster would draw its ends into it.
        foreach ((PlotBox source, PlotBox target) in picture.Edges) _text.Append(CultureInfo.InvariantCulture, $"    {Id(source)} -> {Id(target)} [penwidth=2];\n");
        return _text.Append("}\n").ToString();
    }

    private static string Id(PlotBox box) => string.Create(CultureInfo.InvariantCulture, $"layer{box.Id}");

    private void AddItems(PlotCluster cluster, int level)
    {
        foreach (PlotItem item in cluster.Items)
        {
            if (item is PlotBox box)
            {
                Indent(level).Append(CultureInfo.InvariantCulture, $"{Id(box)} [label={Label(box)}, fontname=\"Helvetica\", border=0, margin=0];\n");
            }
            else
            {
                BeginCluster((PlotCluster)item, level);
                AddItems((PlotCluster)item, level + 1);
                Indent(level).Append("}\n");
            }
        }
    }

    private void BeginCluster(PlotCluster cluster, int level)
    {
        // Numbered, because nested models of different parents may have one name.
        Indent(level).Append(CultureInfo.InvariantCulture, $"subgraph cluster{_clusters++} {{\n");
        Indent(level + 1).Append("style=dashed;\n");
        Indent(level + 1).Append(CultureInfo.InvariantCulture, $"label={MarkupText.Quoted(cluster.Name)};\n");
        Indent(level + 1).Append("labeljust=l;\n");
    }

    private StringBuilder Indent(int level) => _text.Append(' ', 4 * level);

    private string Label(PlotBox box)
    {
        List<string> cells = [.. box.Cells.Select(c => $"<td bgcolor=\"white\">{Font}{MarkupText.Html(c.Label)}: <b>{MarkupText.Html(c.Value)}</b></font></td>")];
        if (box.Trainable is { } trainable)
            cells.Add($"<td bgcolor=\"{(trainable ? "forestgreen" : "firebrick")}\"><font point-size=\"14\" color=\"white\"><b>{(trainable ? "Trainable" : "Non-trainable")}</b></font></td>");

        int columns = Math.Max(1, cells.Count);
        string title = _showNames ? $"<b>{MarkupText.Html(box.Name)}</b> ({MarkupText.Html(box.ClassName)})" : $"<b>{MarkupText.Html(box.ClassName)}</b>";
        StringBuilder table = new("<<table border=\"0\" cellborder=\"1\" bgcolor=\"black\" cellpadding=\"10\">");
        table.Append(CultureInfo.InvariantCulture, $"<tr><td colspan=\"{columns}\" bgcolor=\"black\">{HeaderFont}{title}</font></td></tr>");
        if (box.Activation != null)
            table.Append(CultureInfo.InvariantCulture, $"<tr><td bgcolor=\"white\" colspan=\"{columns}\">{Font}Activation: <b>{MarkupText.Html(box.Activation)}</b></font></td></tr>");
        if (cells.Count > 0) table.Append("<tr>").AppendJoin("", cells).Append("</tr>");
        return table.Append("</table>>").ToString();
    }
}
