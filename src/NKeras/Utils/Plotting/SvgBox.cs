using NKeras.Plotting.Layered;

namespace NKeras.Plotting;

/// <summary>How a box of the picture looks, and so how large it is: a coloured title, the activation, and a row of facts.</summary>
internal sealed class SvgBox
{
    private const double TitleHeight = 30;
    private const double RowHeight = 27;
    private const double LeastWidth = 92;
    private const double TitleSize = 14;
    private const double TextSize = 12.5;
    private const string White = "#ffffff";
    private const string LabelColor = "#64748b";
    private const string ValueColor = "#0f172a";

    private readonly List<(double Height, SvgCell[] Cells)> _rows = [];
    private readonly PlotBox _box;

    public SvgBox(PlotBox box, bool showName)
    {
        _box = box;
        string type = MarkupText.Clean(box.ClassName), name = MarkupText.Clean(box.Name);
        Color = box.Kind switch { PlotKind.Input => "#0f766e", PlotKind.Model => "#6d28d9", PlotKind.Function => "#475569", _ => "#1e40af" };
        _rows.Add((TitleHeight, [showName
            ? new SvgCell(Color, new TextRun(name, TitleSize, true, White), new TextRun($"  ({type})", TitleSize, false, "#e2e8f0"))
            : new SvgCell(Color, new TextRun(type, TitleSize, true, White))]));
        if (box.Activation != null) _rows.Add((RowHeight, [Fact("Activation", box.Activation)]));

        List<SvgCell> cells = [.. box.Cells.Select(c => Fact(c.Label, c.Value))];
        if (box.Trainable is { } trainable)
            cells.Add(new SvgCell(trainable ? "#15803d" : "#b91c1c", new TextRun(trainable ? "Trainable" : "Non-trainable", TextSize, true, White)));
        if (cells.Count > 0) _rows.Add((RowHeight, [.. cells]));
        Node = new LayoutNode(Math.Max(LeastWidth, _rows.Max(r => r.Cells.Sum(c => c.Width))), _rows.Sum(r => r.Height));
    }

    /// <summary>Its rectangle.</summary>
    public LayoutNode Node { get; }

    private string Color { get; }

    /// <summary>Draws it where the layout has put it.</summary>
    public void Draw(SvgWriter svg)
    {
        svg.BeginGroup("box", $"{MarkupText.Clean(_box.Name)} ({MarkupText.Clean(_box.ClassName)})");
        svg.Rectangle(Node.X, Node.Y, Node.Width, Node.Height, SvgWriter.BoxRadius, White, Color);
        double y = Node.Y;
        for (int i = 0; i < _rows.Count; i++)
        {
            (double height, SvgCell[] cells) = _rows[i];
            // Left-over width goes to all cells alike.
            double x = Node.X, spare = (Node.Width - cells.Sum(c => c.Width)) / cells.Length;
            for (int k = 0; k < cells.Length; k++)
            {
                SvgCell cell = cells[k];
                double width = cell.Width + spare;
                if (cell.Fill != White) svg.Panel(x, y, width, height, cell.Fill, i == 0, i == _rows.Count - 1, k == 0, k == cells.Length - 1);
                else if (k > 0) svg.Line(x, y, x, y + height, "#cbd5e1");
                if (i > 1) svg.Line(x, y, x + width, y, "#cbd5e1");

                double at = x + ((width - cell.TextWidth) / 2);
                foreach (TextRun run in cell.Runs)
                {
                    svg.Text(at, y + (height / 2) + (run.Size * 0.36), run);
                    at += run.Width;
                }

                x += width;
            }

            y += height;
        }

        svg.EndGroup();
    }

    private static SvgCell Fact(string label, string value) =>
        new(White, new TextRun($"{label}: ", TextSize, false, LabelColor), new TextRun(MarkupText.Clean(value), TextSize, true, ValueColor));
}
