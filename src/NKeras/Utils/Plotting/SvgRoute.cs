using System.Text;
using NKeras.Plotting.Layered;

namespace NKeras.Plotting;

/// <summary>Draws a routed edge with its arrowhead.</summary>
internal static class SvgRoute
{
    private const string Color = "#475569";
    private const double ArrowLength = 9;
    private const double ArrowHalf = 4;
    private const double CornerRadius = 7;

    public static void Draw(SvgWriter svg, LayoutEdge edge, EdgeStyle style)
    {
        if (edge.IsLoop && style == EdgeStyle.Lines) style = EdgeStyle.RightAngles;
        Point before = Way(edge, style).Last(p => p != edge.End);
        Point direction = Unit(edge.End - before);
        // The line ends inside of the arrowhead, whose point would not be one otherwise.
        Point neck = edge.End - Scale(direction, ArrowLength - 1);
        svg.Path(style == EdgeStyle.Curves ? Curves(edge, neck) : Polyline(Way(edge, style), neck), "none", Color);

        Point back = edge.End - Scale(direction, ArrowLength), side = new(-direction.Y * ArrowHalf, direction.X * ArrowHalf);
        svg.Path($"M{Text(edge.End)}L{Text(back + side)}L{Text(back - side)}z", Color, null);
    }

    /// <summary>The corners, from the start to the end.</summary>
    private static IEnumerable<Point> Way(LayoutEdge edge, EdgeStyle style)
    {
        IEnumerable<Point> between = style == EdgeStyle.Lines
            ? edge.Bends.SelectMany(b => new[] { b.From, b.To })
            : edge.Bends.SelectMany(b => new[] { b.From, b.FirstCorner, b.SecondCorner, b.To });
        return between.Prepend(edge.Start).Append(edge.End);
    }

    private static string Polyline(IEnumerable<Point> way, Point end)
    {
        List<Point> corners = [];
        foreach (Point point in way.SkipLast(1).Append(end))
        {
            // The last stop may lie beyond the neck of the arrow.
            if (corners.Count > 0 && Length(point - corners[^1]) < 0.01) continue;
            if (corners.Count > 1 && IsBetween(corners[^2], corners[^1], point)) corners.RemoveAt(corners.Count - 1);
            corners.Add(point);
        }

        StringBuilder d = new($"M{Text(corners[0])}");
        for (int i = 1; i < corners.Count - 1; i++)
        {
            Point to = corners[i - 1] - corners[i], on = corners[i + 1] - corners[i];
            double radius = Math.Min(CornerRadius, Math.Min(Length(to), Length(on)) / 2);
            d.Append($"L{Text(corners[i] + Scale(Unit(to), radius))}Q{Text(corners[i])} {Text(corners[i] + Scale(Unit(on), radius))}");
        }

        return d.Append($"L{Text(corners[^1])}").ToString();
    }

    private static string Curves(LayoutEdge edge, Point neck)
    {
        StringBuilder d = new($"M{Text(edge.Start)}");
        for (int i = 0; i < edge.Bends.Count; i++)
        {
            Bend bend = edge.Bends[i];
            Point to = i == edge.Bends.Count - 1 && Length(bend.To - edge.End) < ArrowLength ? neck : bend.To;
            d.Append($"L{Text(bend.From)}C{Text(bend.FirstCorner)} {Text(bend.SecondCorner)} {Text(to)}");
        }

        return d.Append($"L{Text(neck)}").ToString();
    }

    /// <summary>Whether three points are on a line, so that the middle one is no corner.</summary>
    private static bool IsBetween(Point a, Point b, Point c)
    {
        Point first = b - a, second = c - b;
        return Math.Abs((first.X * second.Y) - (first.Y * second.X)) < 0.01 * Length(first) * Length(second) || Length(first) < 0.01;
    }

    private static double Length(Point p) => Math.Sqrt((p.X * p.X) + (p.Y * p.Y));

    private static Point Unit(Point p) => Scale(p, 1 / Length(p));

    private static Point Scale(Point p, double factor) => new(p.X * factor, p.Y * factor);

    private static string Text(Point p) => SvgWriter.Pair(p.X, p.Y);
}
