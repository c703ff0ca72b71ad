namespace NKeras.Plotting.Layered;

/// <summary>The way of an edge from one row to another: along the edge, across, and along again.</summary>
internal readonly record struct Bend(Point From, Point FirstCorner, Point SecondCorner, Point To)
{
    public Bend Reversed => new(To, SecondCorner, FirstCorner, From);

    public Bend Map(Func<Point, Point> map) => new(map(From), map(FirstCorner), map(SecondCorner), map(To));
}
