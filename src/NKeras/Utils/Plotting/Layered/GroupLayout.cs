namespace NKeras.Plotting.Layered;

/// <summary>Lays out what is directly in a group, and before it the groups inside.</summary>
internal sealed class GroupLayout
{
    private const double LoopWidth = 24;
    private const double LoopHeight = 14;
    private const double SideGap = 8;

    private readonly LayoutGroup _group;
    private readonly Hierarchy _hierarchy;
    private readonly LayoutDirection _direction;
    private readonly Dictionary<LayoutNode, Vertex> _children = [];
    private readonly List<(Vertex Vertex, Port Port)> _ports = [];
    private readonly List<Link> _links = [];
    private readonly List<LayoutEdge> _loops = [];
    private Vertex[][] _rows = [];

    public GroupLayout(LayoutGroup group, IReadOnlyList<Port> ports, Hierarchy hierarchy, LayoutDirection direction)
    {
        _group = group;
        _hierarchy = hierarchy;
        _direction = direction;
        foreach (LayoutNode child in group.Children) _children.Add(child, new Vertex(child, child.Width / 2, child.Height));
        foreach (LayoutEdge edge in hierarchy.EdgesIn(group))
        {
            if (edge.IsLoop) _loops.Add(edge);
            else _links.Add(new Link(edge, VertexOf(edge.Source), VertexOf(edge.Target), 0));
        }

        Ranking.BreakCycles([.. _children.Values], _links);
        int depth = hierarchy.Depth(group);
        foreach (Port port in ports)
        {
            Vertex vertex = new(null, 0, 0);
            _ports.Add((vertex, port));
            _links.Add(port.IsEntrance
                ? new Link(port.Edge, vertex, VertexOf(port.Edge.Target), depth) { IsReversed = !port.IsAbove }
                : new Link(port.Edge, VertexOf(port.Edge.Source), vertex, -depth) { IsReversed = port.IsAbove });
        }
    }

    /// <summary>Places everything, sets the group's size, and returns how far right of the middle each edge crosses its frame.</summary>
    public Dictionary<LayoutEdge, double> Run()
    {
        foreach (LayoutGroup inner in _group.Children.OfType<LayoutGroup>()) LayOutInner(inner);
        foreach (LayoutEdge loop in _loops) _children[loop.Source].Half = (loop.Source.Width / 2) + LoopWidth + 4;
        SeparateOpposites();
        MakeRows();
        Ordering.Arrange(_rows);
        if (_rows.Length > 0) Coordinates.Assign(_rows, _links);
        PlaceAcross();
        PlaceAlong();
        return _ports.ToDictionary(p => p.Port.Edge, p => p.Vertex.X - (_group.Width / 2));
    }

    private Vertex VertexOf(LayoutNode node) => _children[_hierarchy.ChildOf(_group, node)];

    private void LayOutInner(LayoutGroup inner)
    {
        Vertex vertex = _children[inner];
        Link[] links = [.. _links.Where(l => l.Upper == vertex || l.Lower == vertex)];
        Dictionary<LayoutEdge, double> offsets = new GroupLayout(
            inner, [.. links.Select(l => new Port(l.Edge, IsEntrance: l.Target == vertex, IsAbove: l.Lower == vertex))], _hierarchy, _direction).Run();
        vertex.Half = inner.Width / 2;
        vertex.Height = inner.Height;
        foreach (Link link in links)
        {
            if (link.Lower == vertex) link.LowerOffset = offsets[link.Edge];
            else link.UpperOffset = offsets[link.Edge];
        }
    }

    /// <summary>Two edges that connect the same rectangles, there and back, run side by side.</summary>
    private void SeparateOpposites()
    {
        foreach (Link[] pair in _links.GroupBy(l => (l.Upper, l.Lower)).Select(g => g.ToArray()).Where(g => g.Length > 1))
        {
            foreach (Link link in pair)
            {
                double side = link.IsReversed ? SideGap : -SideGap;
                if (link.Upper.Node is not (null or LayoutGroup)) link.UpperOffset = side;
                if (link.Lower.Node is not (null or LayoutGroup)) link.LowerOffset = side;
            }
        }
    }

    private void MakeRows()
    {
        Vertex[] above = [.. _ports.Where(p => p.Port.IsAbove).Select(p => p.Vertex)], below = [.. _ports.Where(p => !p.Port.IsAbove).Select(p => p.Vertex)];
        int count = Ranking.Assign([.. _children.Values], above, below, _links);
        List<Vertex> vertices = [.. above, .. _children.Values, .. below];
        foreach (Link link in _links)
        {
            Vertex from = link.Upper;
            double offset = link.UpperOffset;
            for (int rank = from.Rank + 1; rank <= link.Lower.Rank; rank++)
            {
                bool ends = rank == link.Lower.Rank;
                Vertex to = ends ? link.Lower : new Vertex(null, 0, 0) { Rank = rank };
                Segment segment = new(from, offset, to, ends ? link.LowerOffset : 0) { IsReversed = link.IsReversed };
                if (!ends) vertices.Add(to);
                from.Down.Add(segment);
                to.Up.Add(segment);
                link.Segments.Add(segment);
                (from, offset) = (to, 0);
            }
        }

        ILookup<int, Vertex> byRank = vertices.ToLookup(v => v.Rank);
        _rows = [.. Enumerable.Range(0, count).Select(r => byRank[r].ToArray())];
    }

    /// <summary>Sets the horizontal places, from the left edge of the group, and its width.</summary>
    private void PlaceAcross()
    {
        Vertex[] all = [.. _rows.SelectMany(r => r)];
        bool labelLeft = _direction is LayoutDirection.LeftToRight or LayoutDirection.RightToLeft;
        double left = _group.Padding + (labelLeft ? _group.LabelHeight : 0);
        double move = left - all.Select(v => v.X - v.Half).DefaultIfEmpty(left).Min();
        // Edges that come in on the label's side pass right of it.
        Vertex[] beside = [.. _ports.Where(p => !labelLeft && p.Port.IsAbove == (_direction == LayoutDirection.TopToBottom)).Select(p => p.Vertex)];
        if (_group.LabelHeight > 0 && beside.Length > 0) move = Math.Max(move, _group.Padding + _group.LabelWidth + SideGap - beside.Min(v => v.X));
        foreach (Vertex vertex in all) vertex.X += move;

        double right = all.Select(v => v.X + v.Half).DefaultIfEmpty(left).Max() + _group.Padding;
        _group.Width = labelLeft ? right : Math.Max(right, (2 * _group.Padding) + _group.LabelWidth);
        foreach ((LayoutNode child, Vertex vertex) in _children) child.X = vertex.X - (child.Width / 2);
    }

    /// <summary>Sets the vertical places, the group's height, and the routes.</summary>
    private void PlaceAlong()
    {
        foreach (Vertex vertex in _children.Values.Where(v => v.Node is not LayoutGroup))
        {
            SpreadAbove(vertex);
            SpreadBelow(vertex);
        }

        double labelAbove = _direction == LayoutDirection.TopToBottom ? _group.LabelHeight : 0;
        double labelBelow = _direction == LayoutDirection.BottomToTop ? _group.LabelHeight : 0;
        bool entersAbove = _ports.Any(p => p.Port.IsAbove), leavesBelow = _ports.Any(p => !p.Port.IsAbove);
        double[] tops = new double[_rows.Length], bottoms = new double[_rows.Length], gaps = new double[_rows.Length];
        double y = entersAbove ? 0 : _group.Padding + labelAbove;
        for (int i = 0; i < _rows.Length; i++)
        {
            tops[i] = y;
            bottoms[i] = y + _rows[i].Max(v => v.Height);
            if (i == _rows.Length - 1) break;
            double height = Channel.Assign([.. _rows[i].SelectMany(v => v.Down)]);
            gaps[i] = bottoms[i] + (i == 0 && entersAbove ? labelAbove : 0);
            y = gaps[i] + height + (i == _rows.Length - 2 && leavesBelow ? labelBelow : 0);
        }

        double end = _rows.Length == 0 ? y : bottoms[^1];
        if (!leavesBelow) end += _group.Padding + labelBelow;
        bool sideways = _direction is LayoutDirection.LeftToRight or LayoutDirection.RightToLeft;
        if (sideways) end = Math.Max(end, (2 * _group.Padding) + _group.LabelWidth);
        // Exits are on the frame, wherever that has come to be.
        if (leavesBelow) tops[^1] = bottoms[^1] = end;
        _group.Height = end;

        foreach ((LayoutNode child, Vertex vertex) in _children) child.Y = (tops[vertex.Rank] + bottoms[vertex.Rank] - child.Height) / 2;
        foreach (Link link in _links) Route(link);
        foreach (LayoutEdge loop in _loops) RouteLoop(loop);

        void Route(Link link)
        {
            Segment first = link.Segments[0], last = link.Segments[^1];
            Point start = new(first.UpperX, link.Upper.Node is { } upper ? upper.Y + upper.Height : tops[link.Upper.Rank]);
            Point finish = new(last.LowerX, link.Lower.Node is { } lower ? lower.Y : tops[link.Lower.Rank]);
            Bend[] bends =
            [
                .. link.Segments.Select(s => new Bend(
                    new Point(s.UpperX, bottoms[s.Upper.Rank]),
                    new Point(s.UpperX, gaps[s.Upper.Rank] + s.Track),
                    new Point(s.LowerX, gaps[s.Upper.Rank] + s.Track),
                    new Point(s.LowerX, tops[s.Lower.Rank]))),
            ];
            link.Edge.Pieces.Add(link.IsReversed
                ? new RoutePiece(link.Order, _group, finish, [.. bends.Reverse().Select(b => b.Reversed)], start)
                : new RoutePiece(link.Order, _group, start, bends, finish));
        }
    }

    /// <summary>Several edges on the upper side of a rectangle end side by side; one that comes straight from above stays straight.</summary>
    private static void SpreadAbove(Vertex vertex)
    {
        Segment[] above = [.. vertex.Up.Where(s => s.LowerOffset == 0).OrderBy(s => s.UpperX)];
        if (above.Length < 2) return;
        int straight = Array.FindIndex(above, s => Math.Abs(s.UpperX - vertex.X) < 0.5);
        double middle = straight >= 0 ? straight : (above.Length - 1) / 2.0;
        double distance = EndGap(vertex, Math.Max(middle, above.Length - 1 - middle));
        for (int i = 0; i < above.Length; i++) above[i].LowerOffset = (i - middle) * distance;
    }

    /// <summary>Edges that leave by the lower side share a point; those that arrive there, against the direction of the drawing, keep clear of it.</summary>
    private static void SpreadBelow(Vertex vertex)
    {
        Segment[] arriving = [.. vertex.Down.Where(s => s.IsReversed && s.UpperOffset == 0).OrderBy(s => s.LowerX)];
        if (arriving.Length == 0 || vertex.Down.Count == 1) return;
        int left = arriving.Count(s => s.LowerX < vertex.X);
        double distance = EndGap(vertex, Math.Max(left, arriving.Length - left));
        for (int i = 0; i < arriving.Length; i++) arriving[i].UpperOffset = (i < left ? i - left : i - left + 1) * distance;
    }

    /// <summary>The distance of the ends of edges at a rectangle, so many of which have to fit on either side of its middle.</summary>
    private static double EndGap(Vertex vertex, double count) => Math.Min(16, ((vertex.Node!.Width / 2) - 6) / count);

    /// <summary>An edge from a rectangle to itself leaves and arrives at its right side.</summary>
    private void RouteLoop(LayoutEdge loop)
    {
        LayoutNode node = loop.Source;
        double x = node.X + node.Width, y = node.Y + (node.Height / 2), half = Math.Min(LoopHeight, node.Height / 2) / 2;
        Point start = new(x, y - half), end = new(x, y + half);
        Point out1 = start with { X = x + LoopWidth }, out2 = end with { X = x + LoopWidth };
        loop.Pieces.Add(new RoutePiece(0, _group, start, [new Bend(start, out1, out2, end)], end));
    }
}
