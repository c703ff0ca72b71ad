namespace NKeras.Plotting.Layered;

/// <summary>A rectangle to be placed.</summary>
internal class LayoutNode(double width, double height)
{
    public double Width { get; set; } = width;

    public double Height { get; set; } = height;

    /// <summary>The left edge; within the group while that is laid out, of the whole drawing in the end.</summary>
    public double X { get; set; }

    /// <summary>The upper edge, likewise.</summary>
    public double Y { get; set; }
}
