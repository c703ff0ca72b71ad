namespace NKeras.Plotting.Layered;

/// <summary>An edge, or the part of one, between two vertices of a group.</summary>
internal sealed class Link(LayoutEdge edge, Vertex source, Vertex target, int order)
{
    public LayoutEdge Edge { get; } = edge;

    public Vertex Source { get; } = source;

    public Vertex Target { get; } = target;

    /// <summary>See <see cref="RoutePiece.Order"/>.</summary>
    public int Order { get; } = order;

    /// <summary>Whether it runs against the direction of the drawing, as one edge of each cycle has to.</summary>
    public bool IsReversed { get; set; }

    public Vertex Upper => IsReversed ? Target : Source;

    public Vertex Lower => IsReversed ? Source : Target;

    /// <summary>How far right of the middle of <see cref="Upper"/> it leaves.</summary>
    public double UpperOffset { get; set; }

    /// <summary>How far right of the middle of <see cref="Lower"/> it arrives.</summary>
    public double LowerOffset { get; set; }

    /// <summary>Its parts, from <see cref="Upper"/> to <see cref="Lower"/>.</summary>
    public List<Segment> Segments { get; } = [];
}
