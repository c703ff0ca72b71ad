namespace NKeras.Plotting.Layered;

/// <summary>A rectangle around others; its size follows from them.</summary>
/// <param name="padding">The space between the frame and what is inside.</param>
/// <param name="labelWidth">The width of the text in its upper left corner.</param>
/// <param name="labelHeight">The height of that text; zero for none.</param>
internal sealed class LayoutGroup(double padding, double labelWidth = 0, double labelHeight = 0) : LayoutNode(0, 0)
{
    public double Padding { get; } = padding;

    public double LabelWidth { get; } = labelWidth;

    public double LabelHeight { get; } = labelHeight;

    public List<LayoutNode> Children { get; } = [];
}
