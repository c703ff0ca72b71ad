namespace NKeras.Plotting.Layered;

/// <summary>
/// Draws directed graphs in rows, as Sugiyama did: edges lead from row to row, rectangles keep clear of each other and of
/// edges, and groups are laid out on their own and then treated as one rectangle. The same graph gives the same drawing.
/// </summary>
internal static class LayeredLayout
{
    /// <summary>Places everything inside of a group and routes the edges.</summary>
    /// <param name="root">The drawing. Its sizes are set; those of rectangles that are no groups are given.</param>
    /// <param name="edges">The edges, between rectangles inside.</param>
    /// <param name="direction">Where they point, but for those that close a cycle.</param>
    public static void Arrange(LayoutGroup root, IReadOnlyList<LayoutEdge> edges, LayoutDirection direction)
    {
        bool sideways = direction is LayoutDirection.LeftToRight or LayoutDirection.RightToLeft;
        Hierarchy hierarchy = new(root, edges);
        // All the work is done as for top to bottom. Other drawings are turned: before, so that sizes fit, and after.
        if (sideways) Transpose(hierarchy.Nodes);
        new GroupLayout(root, [], hierarchy, direction).Run();
        foreach (LayoutGroup group in hierarchy.Groups)
        {
            foreach (LayoutNode child in group.Children) (child.X, child.Y) = (child.X + group.X, child.Y + group.Y);
        }

        double end = root.Height;
        foreach (LayoutEdge edge in edges) Join(edge, Turn);
        foreach (LayoutNode node in hierarchy.Nodes)
        {
            Point a = Turn(new Point(node.X, node.Y)), b = Turn(new Point(node.X + node.Width, node.Y + node.Height));
            (node.X, node.Y) = (Math.Min(a.X, b.X), Math.Min(a.Y, b.Y));
        }

        if (sideways) Transpose(hierarchy.Nodes);

        Point Turn(Point p) => direction switch
        {
            LayoutDirection.BottomToTop => new Point(p.X, end - p.Y),
            LayoutDirection.LeftToRight => new Point(p.Y, p.X),
            LayoutDirection.RightToLeft => new Point(end - p.Y, p.X),
            _ => p,
        };
    }

    private static void Transpose(IEnumerable<LayoutNode> nodes)
    {
        foreach (LayoutNode node in nodes) (node.Width, node.Height) = (node.Height, node.Width);
    }

    private static void Join(LayoutEdge edge, Func<Point, Point> turn)
    {
        RoutePiece[] pieces = [.. edge.Pieces.OrderBy(p => p.Order)];
        edge.Start = turn(Place(pieces[0], pieces[0].Start));
        edge.Bends = [.. pieces.SelectMany(p => p.Bends.Select(b => b.Map(point => turn(Place(p, point)))))];
        edge.End = turn(Place(pieces[^1], pieces[^1].End));

        static Point Place(RoutePiece piece, Point point) => point + new Point(piece.Group.X, piece.Group.Y);
    }
}
