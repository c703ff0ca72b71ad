namespace NKeras.Plotting.Layered;

/// <summary>The part of an edge between two rows.</summary>
/// <param name="upper">Where it starts.</param>
/// <param name="upperOffset">How far right of the middle of that.</param>
/// <param name="lower">Where it ends.</param>
/// <param name="lowerOffset">How far right of the middle of that.</param>
internal sealed class Segment(Vertex upper, double upperOffset, Vertex lower, double lowerOffset)
{
    public Vertex Upper { get; } = upper;

    public double UpperOffset { get; set; } = upperOffset;

    public Vertex Lower { get; } = lower;

    public double LowerOffset { get; set; } = lowerOffset;

    /// <summary>Whether it is the middle part of a long edge, which is to be straight before others are.</summary>
    public bool IsInner => Upper.IsPoint && Lower.IsPoint;

    /// <summary>Whether the edge runs upwards here.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Whether it need not be straight.</summary>
    public bool Yields { get; set; }

    /// <summary>The height of its horizontal part.</summary>
    public double Track { get; set; }

    public double UpperX => Upper.X + UpperOffset;

    public double LowerX => Lower.X + LowerOffset;
}
