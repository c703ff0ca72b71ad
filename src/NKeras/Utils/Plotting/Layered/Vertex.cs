namespace NKeras.Plotting.Layered;

/// <summary>Something with a place in a row: a child of the group, an entrance or exit of an edge, or a stop of a long edge.</summary>
internal sealed class Vertex(LayoutNode? node, double half, double height)
{
    /// <summary>The child of the group; null for the others.</summary>
    public LayoutNode? Node { get; } = node;

    /// <summary>Half of the space it takes in its row.</summary>
    public double Half { get; set; } = half;

    public double Height { get; set; } = height;

    /// <summary>The row.</summary>
    public int Rank { get; set; }

    /// <summary>The place in the row.</summary>
    public int Order { get; set; }

    /// <summary>The middle.</summary>
    public double X { get; set; }

    /// <summary>Its connections with the row above.</summary>
    public List<Segment> Up { get; } = [];

    /// <summary>Its connections with the row below.</summary>
    public List<Segment> Down { get; } = [];

    /// <summary>Whether it is no more than a point of an edge.</summary>
    public bool IsPoint => Node == null;
}
