using System.Globalization;
using System.Text;
using NKeras.Core;

namespace NKeras.Plotting.Charts;

/// <summary>A part of a chart that shows one quantity: its name, a legend with the last values, axes, and curves.</summary>
internal sealed class ChartPanel(string title, IReadOnlyList<ChartCurve> curves)
{
    private const double TitleSize = 15;
    private const double TextSize = 12;
    private const double HeaderHeight = 56;
    private const double FooterHeight = 38;
    private const double TickGap = 8;
    private const double DotRadius = 2.4;

    /// <summary>Curves of more points have no dots.</summary>
    private const int MostDots = 50;

    public string Title { get; } = MarkupText.Clean(title);

    public void Draw(SvgWriter svg, double x, double y, double width, double height)
    {
        svg.BeginGroup("panel", Title);
        Write(svg, x, y + TitleSize, Cut(Title, TitleSize, width, bold: true), TitleSize, ChartColor.Title, bold: true);
        DrawLegend(svg, x, y + 36, width);

        double plotHeight = height - HeaderHeight - FooterHeight;
        double[] finite = [.. curves.SelectMany(c => c.Points).Select(p => p.Y).Where(double.IsFinite)];
        AxisScale vertical = AxisScale.ForNumbers(finite.DefaultIfEmpty(0).Min(), finite.DefaultIfEmpty(1).Max(), Math.Max(2, (int)(plotHeight / 34)));
        double labels = vertical.Ticks.Max(t => TextWidths.Of(vertical.Label(t), TextSize, bold: false)) + TickGap;
        int[] epochs = [.. curves.SelectMany(c => c.Points).Select(p => p.X).DefaultIfEmpty(1)];
        AxisScale horizontal = AxisScale.ForWholeNumbers(epochs.Min(), epochs.Max(), Math.Max(2, (int)((width - labels) / 48)));
        PlotArea area = new(x + labels, y + HeaderHeight, width - labels, plotHeight, horizontal, vertical);

        DrawAxes(svg, area);
        foreach (ChartCurve curve in curves) DrawCurve(svg, area, curve);
        if (finite.Length == 0) WriteCentered(svg, area.X + (area.Width / 2), area.Y + (area.Height / 2), "no finite values");
        svg.EndGroup();
    }

    private static void DrawAxes(SvgWriter svg, PlotArea area)
    {
        double bottom = area.Y + area.Height;
        foreach (double tick in area.Vertical.Ticks)
        {
            double at = area.AtY(tick);
            bool axis = at >= bottom - 0.01;
            svg.Line(area.X, at, area.X + area.Width, at, axis ? ChartColor.Axis.Light : ChartColor.Grid.Light, (axis ? ChartColor.Axis : ChartColor.Grid).Stroke);
            string label = area.Vertical.Label(tick);
            Write(svg, area.X - TickGap - TextWidths.Of(label, TextSize, bold: false), at + (TextSize * 0.36), label, TextSize, ChartColor.Label);
        }

        foreach (double tick in area.Horizontal.Ticks)
        {
            double at = area.AtX(tick);
            svg.Line(at, bottom, at, bottom + 4, ChartColor.Axis.Light, ChartColor.Axis.Stroke);
            WriteCentered(svg, at, bottom + 17, area.Horizontal.Label(tick));
        }

        WriteCentered(svg, area.X + (area.Width / 2), bottom + 34, "epoch");
    }

    private static void DrawCurve(SvgWriter svg, PlotArea area, ChartCurve curve)
    {
        svg.BeginGroup("curve", curve.Name);
        StringBuilder path = new();
        List<(int X, double Y)> dots = [];
        bool all = curve.Points.Count <= MostDots;
        int drawn = 0;
        for (int i = 0; i < curve.Points.Count; i++)
        {
            (int x, double y) = curve.Points[i];
            if (!double.IsFinite(y))
            {
                // Of a run of them the first is marked.
                if (drawn >= 0) DrawCross(svg, area, curve, i);
                drawn = -1;
                continue;
            }

            // Training that begins again at an earlier epoch begins a new line.
            bool joined = drawn > 0 && x > curve.Points[i - 1].X;
            path.Append(joined ? 'L' : 'M').Append(SvgWriter.Pair(area.AtX(x), area.AtY(y)));
            bool alone = !joined && (i + 1 == curve.Points.Count || curve.Points[i + 1].X <= x || !double.IsFinite(curve.Points[i + 1].Y));
            if (all || alone) dots.Add((x, y));
            drawn = 1;
        }

        if (path.Length > 0) svg.Path(path.ToString(), "none", curve.Color.Light, curve.Color.Stroke);
        foreach ((int x, double y) in dots)
        {
            svg.BeginGroup("point", $"epoch {x}: {PythonNumber.Score(y)}");
            svg.Circle(area.AtX(x), area.AtY(y), DotRadius, curve.Color.Light, curve.Color.Kind);
            svg.EndGroup();
        }

        svg.EndGroup();
    }

    /// <summary>Marks where numbers begin that have no place: below the plot's upper edge, or above the lower one for negative ones.</summary>
    private static void DrawCross(SvgWriter svg, PlotArea area, ChartCurve curve, int first)
    {
        const double arm = 4;
        (int x, double y) = curve.Points[first];
        int end = first;
        while (end + 1 < curve.Points.Count && !double.IsFinite(curve.Points[end + 1].Y)) end++;
        string epochs = end == first ? $"epoch {x}" : $"epochs {x} to {curve.Points[end].X}";
        double atX = area.AtX(x), atY = double.IsNegativeInfinity(y) ? area.Y + area.Height - arm - 2 : area.Y + arm + 2;
        svg.BeginGroup("point", $"{epochs}: {(end == first ? PythonNumber.Score(y) : "not finite")}");
        svg.Path(
            $"M{SvgWriter.Pair(atX - arm, atY - arm)}L{SvgWriter.Pair(atX + arm, atY + arm)}M{SvgWriter.Pair(atX - arm, atY + arm)}L{SvgWriter.Pair(atX + arm, atY - arm)}",
            "none",
            curve.Color.Light,
            curve.Color.Stroke);
        svg.EndGroup();
    }

    private void DrawLegend(SvgWriter svg, double x, double y, double width)
    {
        double end = x + width;
        foreach (ChartCurve curve in curves)
        {
            string value = PythonNumber.Score(curve.Points[^1].Y);
            double name = TextWidths.Of(curve.Name, TextSize, bold: false), number = TextWidths.Of(value, TextSize, bold: true);
            if (x + 14 + name + 6 + number > end) return;
            svg.Circle(x + 5, y - 4, 4, curve.Color.Light, curve.Color.Kind);
            Write(svg, x + 14, y, curve.Name, TextSize, ChartColor.Label);
            Write(svg, x + 14 + name + 6, y, value, TextSize, ChartColor.Title, bold: true);
            x += 14 + name + 6 + number + 18;
        }
    }

    private static void WriteCentered(SvgWriter svg, double x, double y, string text) =>
        Write(svg, x - (TextWidths.Of(text, TextSize, bold: false) / 2), y, text, TextSize, ChartColor.Label);

    private static void Write(SvgWriter svg, double x, double y, string text, double size, ChartColor color, bool bold = false) =>
        svg.Text(x, y, new TextRun(text, size, bold, color.Light), color.Kind);

    /// <summary>As much of a text as there is room for.</summary>
    public static string Cut(string text, double size, double width, bool bold)
    {
        if (TextWidths.Of(text, size, bold) <= width) return text;
        StringInfo characters = new(text);
        for (int length = characters.LengthInTextElements - 1; length > 0; length--)
        {
            string cut = $"{characters.SubstringByTextElements(0, length)}...";
            if (TextWidths.Of(cut, size, bold) <= width) return cut;
        }

        return "";
    }

    /// <summary>Where the curves are drawn.</summary>
    private sealed record PlotArea(double X, double Y, double Width, double Height, AxisScale Horizontal, AxisScale Vertical)
    {
        public double AtX(double value) => X + (Width * Horizontal.Share(value));

        public double AtY(double value) => Y + (Height * (1 - Vertical.Share(value)));
    }
}
