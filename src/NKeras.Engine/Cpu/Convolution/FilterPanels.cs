namespace NKeras.Engine.Cpu;

/// <summary>
/// The output channels of one group cut into panels of two vectors; what is left over makes a last panel of one or
/// two vectors, filled up with zeros. A panel is stored as <c>[taps and input channels][panel width]</c>, so that the
/// innermost loop reads memory in order.
/// </summary>
internal readonly struct FilterPanels
{
    private readonly int _vectorWidth;
    private readonly int _channels;

    /// <summary>Cuts <paramref name="channels"/> channels for vectors of <paramref name="vectorWidth"/> floats.</summary>
    public FilterPanels(int channels, int vectorWidth)
    {
        _vectorWidth = vectorWidth;
        _channels = channels;
        Padded = (channels + vectorWidth - 1) / vectorWidth * vectorWidth;
        Count = (Padded + (2 * vectorWidth) - 1) / (2 * vectorWidth);
    }

    /// <summary>The number of panels.</summary>
    public int Count { get; }

    /// <summary>The widths of all panels together.</summary>
    public int Padded { get; }

    /// <summary>The first channel of a panel.</summary>
    public int Start(int panel) => panel * 2 * _vectorWidth;

    /// <summary>The width of a panel in floats, padding included.</summary>
    public int Width(int panel) => Math.Min(2 * _vectorWidth, Padded - Start(panel));

    /// <summary>The channels of a panel, padding not included.</summary>
    public int Channels(int panel) => Math.Min(2 * _vectorWidth, _channels - Start(panel));
}
