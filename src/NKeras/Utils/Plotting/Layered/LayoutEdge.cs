namespace NKeras.Plotting.Layered;

/// <summary>An arrow to be routed, between two rectangles that are no groups.</summary>
internal sealed class LayoutEdge(LayoutNode source, LayoutNode target)
{
    public LayoutNode Source { get; } = source;

    public LayoutNode Target { get; } = target;

    /// <summary>Where it leaves the border of its source.</summary>
    public Point Start { get; set; }

    /// <summary>Its ways from one row to the next, from the source to the target. Between them it runs straight.</summary>
    public IReadOnlyList<Bend> Bends { get; set; } = [];

    /// <summary>Where it meets the border of its target.</summary>
    public Point End { get; set; }

    /// <summary>Whether it leads back to where it came from.</summary>
    public bool IsLoop => Source == Target;

    /// <summary>Parts of the route inside of groups, to be joined by order.</summary>
    internal List<RoutePiece> Pieces { get; } = [];
}
