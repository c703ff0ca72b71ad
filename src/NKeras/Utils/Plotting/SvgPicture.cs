using NKeras.Plotting.Layered;

namespace NKeras.Plotting;

/// <summary>Draws a picture of a model as SVG.</summary>
internal sealed class SvgPicture
{
    private const double Margin = 16;
    private const double FramePadding = 16;
    private const double LabelHeight = 16;

    private readonly Dictionary<PlotBox, SvgBox> _boxes = [];
    private readonly List<(LayoutGroup Frame, TextRun Label)> _frames = [];
    private readonly LayoutGroup _root = new(Margin);
    private readonly LayoutEdge[] _edges;

    private SvgPicture(ModelPicture picture, bool showNames, LayoutDirection direction)
    {
        Add(picture.Root, _root, showNames);
        _edges = [.. picture.Edges.Select(e => new LayoutEdge(_boxes[e.Source].Node, _boxes[e.Target].Node))];
        LayeredLayout.Arrange(_root, _edges, direction);
    }

    /// <summary>The text of the SVG file.</summary>
    public static string Draw(ModelPicture picture, bool showNames, LayoutDirection direction, EdgeStyle style)
    {
        SvgPicture drawing = new(picture, showNames, direction);
        using SvgWriter svg = new(drawing._root.Width, drawing._root.Height, MarkupText.Clean(picture.Root.Name));
        foreach ((LayoutGroup frame, TextRun label) in drawing._frames)
        {
            svg.BeginGroup("model", label.Text);
            svg.Rectangle(frame.X, frame.Y, frame.Width, frame.Height, 10, "#f5f3ff", "#8b5cf6", dashed: true);
            svg.Text(frame.X + FramePadding, frame.Y + LabelHeight + 3, label);
            svg.EndGroup();
        }

        foreach (LayoutEdge edge in drawing._edges) SvgRoute.Draw(svg, edge, style);
        foreach (SvgBox box in drawing._boxes.Values) box.Draw(svg);
        return svg.Finish();
    }

    private void Add(PlotCluster cluster, LayoutGroup group, bool showNames)
    {
        foreach (PlotItem item in cluster.Items)
        {
            if (item is PlotBox box)
            {
                SvgBox drawn = new(box, showNames);
                _boxes.Add(box, drawn);
                group.Children.Add(drawn.Node);
            }
            else
            {
                TextRun label = new(MarkupText.Clean(item.Name), 12.5, true, "#6d28d9");
                LayoutGroup frame = new(FramePadding, label.Width, LabelHeight);
                _frames.Add((frame, label));
                group.Children.Add(frame);
                Add((PlotCluster)item, frame, showNames);
            }
        }
    }
}
