using NKeras.Plotting.Layered;

namespace NKeras.Tests;

/// <summary>A random graph with groups, drawn in a random direction.</summary>
internal sealed class RandomDrawing
{
    private const double Tolerance = 1e-6;

    private readonly LayoutGroup _root = new(10);
    private readonly List<LayoutNode> _boxes = [];
    private readonly List<LayoutGroup> _groups = [];
    private readonly LayoutEdge[] _edges;
    private readonly LayoutDirection _direction;
    private readonly bool _circles;

    public RandomDrawing(int seed, bool circles)
    {
        Random random = new(seed);
        _circles = circles;
        _direction = (LayoutDirection)(seed % 4);
        Fill(_root, random, 0);
        int count = random.Next(_boxes.Count * 3);
        List<LayoutEdge> edges = [];
        for (int i = 0; i < count; i++)
        {
            int a = random.Next(_boxes.Count), b = random.Next(_boxes.Count);
            if (!circles && a == b) continue;
            if (!circles && a > b) (a, b) = (b, a);
            if (!edges.Any(e => e.Source == _boxes[a] && e.Target == _boxes[b])) edges.Add(new LayoutEdge(_boxes[a], _boxes[b]));
        }

        _edges = [.. edges];
        LayeredLayout.Arrange(_root, _edges, _direction);
    }

    /// <summary>All that was computed.</summary>
    public double[] Numbers =>
    [
        .. _boxes.Concat(_groups).SelectMany(n => new[] { n.X, n.Y, n.Width, n.Height }),
        .. _edges.SelectMany(Route).SelectMany(p => new[] { p.X, p.Y }),
    ];

    public void Check()
    {
        Assert.True(_root.X == 0 && _root.Y == 0);
        foreach (LayoutGroup group in _groups.Append(_root)) CheckChildren(group);
        foreach (LayoutEdge edge in _edges) CheckRoute(edge);
        if (!_circles) CheckEdgesApart();
    }

    private static void CheckChildren(LayoutGroup group)
    {
        foreach (LayoutNode child in group.Children)
        {
            Assert.True(child.X >= group.X + group.Padding - Tolerance && child.X + child.Width <= group.X + group.Width - group.Padding + Tolerance, "across the frame");
            Assert.True(child.Y >= group.Y + group.Padding + group.LabelHeight - Tolerance && child.Y + child.Height <= group.Y + group.Height - group.Padding + Tolerance, "along the frame");
            foreach (LayoutNode other in group.Children.Where(o => o != child))
            {
                Assert.True(
                    child.X + child.Width + 5 <= other.X || other.X + other.Width + 5 <= child.X || child.Y + child.Height + 5 <= other.Y || other.Y + other.Height + 5 <= child.Y,
                    "two rectangles overlap");
            }
        }
    }

    private void CheckRoute(LayoutEdge edge)
    {
        Point[] route = [.. Route(edge)];
        Assert.True(IsOnBorder(edge.Source, route[0]), "leaves its source");
        Assert.True(IsOnBorder(edge.Target, route[^1]), "arrives at its target");
        if (!_circles) Assert.True(Leads(edge), "leads in the direction of the drawing");
        LayoutNode[] obstacles = [.. _boxes, .. _groups.Where(g => !IsInside(g, edge.Source) && !IsInside(g, edge.Target))];
        for (int i = 1; i < route.Length; i++)
        {
            (Point a, Point b) = (route[i - 1], route[i]);
            Assert.True(Math.Abs(a.X - b.X) < Tolerance || Math.Abs(a.Y - b.Y) < Tolerance, "right angles only");
            Assert.All(obstacles, o => Assert.False(Crosses(o, a, b), "runs through a rectangle"));
            Assert.True(Contains(_root, a) && Contains(_root, b), "within the drawing");
        }
    }

    /// <summary>Edges may cross, but only those with a common end may run along each other: others could not be told apart.</summary>
    private void CheckEdgesApart()
    {
        (LayoutEdge Edge, Point A, Point B)[] parts = [.. _edges.SelectMany(e => Route(e).Zip(Route(e).Skip(1), (a, b) => (e, a, b)))];
        for (int i = 0; i < parts.Length; i++)
        {
            for (int k = 0; k < i; k++)
            {
                if (parts[i].Edge.Source == parts[k].Edge.Source || parts[i].Edge.Target == parts[k].Edge.Target) continue;
                double across = Shared(p => p.X), along = Shared(p => p.Y);
                Assert.False((across > 1 && along > -2 && IsLevel(p => p.Y)) || (along > 1 && across > -2 && IsLevel(p => p.X)), "two edges run along each other");

                double Shared(Func<Point, double> axis) =>
                    Math.Min(Math.Max(axis(parts[i].A), axis(parts[i].B)), Math.Max(axis(parts[k].A), axis(parts[k].B)))
                    - Math.Max(Math.Min(axis(parts[i].A), axis(parts[i].B)), Math.Min(axis(parts[k].A), axis(parts[k].B)));

                bool IsLevel(Func<Point, double> axis) => Math.Abs(axis(parts[i].A) - axis(parts[i].B)) < Tolerance && Math.Abs(axis(parts[k].A) - axis(parts[k].B)) < Tolerance;
            }
        }
    }

    private bool Leads(LayoutEdge edge) => _direction switch
    {
        LayoutDirection.TopToBottom => edge.Source.Y + edge.Source.Height < edge.Target.Y,
        LayoutDirection.BottomToTop => edge.Target.Y + edge.Target.Height < edge.Source.Y,
        LayoutDirection.LeftToRight => edge.Source.X + edge.Source.Width < edge.Target.X,
        _ => edge.Target.X + edge.Target.Width < edge.Source.X,
    };

    private static IEnumerable<Point> Route(LayoutEdge edge) =>
        edge.Bends.SelectMany(b => new[] { b.From, b.FirstCorner, b.SecondCorner, b.To }).Prepend(edge.Start).Append(edge.End);

    private static bool IsInside(LayoutGroup group, LayoutNode node) => group.Children.Contains(node) || group.Children.OfType<LayoutGroup>().Any(g => IsInside(g, node));

    private static bool IsOnBorder(LayoutNode node, Point p) => Contains(node, p)
        && (Math.Abs(p.X - node.X) < Tolerance || Math.Abs(p.X - node.X - node.Width) < Tolerance || Math.Abs(p.Y - node.Y) < Tolerance || Math.Abs(p.Y - node.Y - node.Height) < Tolerance);

    private static bool Contains(LayoutNode node, Point p) =>
        p.X >= node.X - Tolerance && p.X <= node.X + node.Width + Tolerance && p.Y >= node.Y - Tolerance && p.Y <= node.Y + node.Height + Tolerance;

    private static bool Crosses(LayoutNode node, Point a, Point b) =>
        Math.Max(a.X, b.X) > node.X + Tolerance && Math.Min(a.X, b.X) < node.X + node.Width - Tolerance
        && Math.Max(a.Y, b.Y) > node.Y + Tolerance && Math.Min(a.Y, b.Y) < node.Y + node.Height - Tolerance;

    private void Fill(LayoutGroup group, Random random, int depth)
    {
        int count = random.Next(1, depth == 0 ? 14 : 6);
        for (int i = 0; i < count; i++)
        {
            if (depth < 3 && random.Next(5) == 0)
            {
                LayoutGroup inner = new(random.Next(4, 20), random.Next(20, 300), random.Next(0, 20));
                group.Children.Add(inner);
                _groups.Add(inner);
                Fill(inner, random, depth + 1);
            }
            else
            {
                LayoutNode box = new(random.Next(20, 300), random.Next(20, 80));
                group.Children.Add(box);
                _boxes.Add(box);
            }
        }

        // In any order: the boxes of a group need not be numbered one after the other.
        if (depth == 0)
        {
            LayoutNode[] shuffled = [.. _boxes];
            if (_circles) random.Shuffle(shuffled);
            _boxes.Clear();
            _boxes.AddRange(shuffled);
        }
    }
}
