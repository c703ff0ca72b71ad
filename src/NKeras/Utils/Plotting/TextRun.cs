namespace NKeras.Plotting;

/// <summary>Text in one style.</summary>
internal sealed record TextRun(string Text, double Size, bool Bold, string Color)
{
    public double Width { get; } = TextWidths.Of(Text, Size, Bold);
}
