namespace NKeras.Plotting.Charts;

/// <summary>Panels side by side and below each other, as SVG.</summary>
internal sealed class ChartPicture
{
    private const double Margin = 20;
    private const double Gap = 28;
    private const double PanelWidth = 440;
    private const double PanelHeight = 308;
    private const double LeastWidth = 160;
    private const double LeastHeight = 140;
    private const double TitleSize = 18;
    private const double TitleHeight = 34;

    private readonly IReadOnlyList<ChartPanel> _panels;
    private readonly string? _title;
    private readonly int _columns;
    private readonly double _width;
    private readonly double _height;
    private readonly double _panelWidth;
    private readonly double _panelHeight;

    /// <summary>Divides a picture into panels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They would be too small.</exception>
    public ChartPicture(IReadOnlyList<ChartPanel> panels, int? width, int? height, string? title)
    {
        (_panels, _title) = (panels, string.IsNullOrWhiteSpace(title) ? null : MarkupText.Clean(title));
        double header = _title == null ? 0 : TitleHeight;
        int most = panels.Count <= 4 ? 2 : 3;
        if (width is { } given) most = Math.Clamp((int)((given - (2 * Margin) + Gap) / (PanelWidth * 0.75)), 1, most);
        _columns = Math.Min(panels.Count, most);
        int rows = (panels.Count + _columns - 1) / _columns;
        // One panel alone may be larger than each of several.
        double scale = panels.Count == 1 ? 1.4 : 1;
        _width = width ?? Total(PanelWidth * scale, _columns);
        _height = height ?? Total(PanelHeight * scale, rows) + header;
        _panelWidth = Share(_width, _columns);
        _panelHeight = Share(_height - header, rows);
        if (_panelWidth < LeastWidth) throw TooSmall(nameof(width), width, Total(LeastWidth, _columns));
        if (_panelHeight < LeastHeight) throw TooSmall(nameof(height), height, Total(LeastHeight, rows) + header);
    }

    /// <summary>The text of the SVG file.</summary>
    public string Draw()
    {
        using SvgWriter svg = new(_width, _height, _title ?? string.Join(", ", _panels.Select(p => p.Title)), ChartColor.Style);
        double top = Margin;
        if (_title != null)
        {
            string text = ChartPanel.Cut(_title, TitleSize, _width - (2 * Margin), bold: true);
            svg.Text(Margin, top + TitleSize, new TextRun(text, TitleSize, true, ChartColor.Title.Light), ChartColor.Title.Kind);
            top += TitleHeight;
        }

        for (int i = 0; i < _panels.Count; i++)
        {
            (int row, int column) = Math.DivRem(i, _columns);
            _panels[i].Draw(svg, Margin + (column * (_panelWidth + Gap)), top + (row * (_panelHeight + Gap)), _panelWidth, _panelHeight);
        }

        return svg.Finish();
    }

    private static double Total(double panel, int count) => (2 * Margin) + (count * panel) + ((count - 1) * Gap);

    private static double Share(double total, int count) => (total - (2 * Margin) - ((count - 1) * Gap)) / count;

    private ArgumentOutOfRangeException TooSmall(string name, int? value, double least) =>
        new(name, value, $"For {_panels.Count} panels the {name} must be at least {least:F0} pixels. Received {value}.");
}
