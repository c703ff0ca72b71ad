namespace NKeras.Plotting;

/// <summary>A part of a box: runs of text on a background.</summary>
internal sealed record SvgCell(string Fill, params IReadOnlyList<TextRun> Runs)
{
    private const double Margin = 12;

    /// <summary>The width of the text.</summary>
    public double TextWidth { get; } = Runs.Sum(r => r.Width);

    /// <summary>The width that it needs.</summary>
    public double Width => Math.Ceiling(TextWidth + (2 * Margin));
}
