namespace NKeras.Engine.Cpu;

/// <summary>One spatial axis of a convolution or pooling window.</summary>
/// <param name="Input">The size of the input along the axis.</param>
/// <param name="Window">The size of the filter or pooling window, not dilated.</param>
/// <param name="Stride">Input elements between two outputs.</param>
/// <param name="Dilation">Input elements between two taps of the window.</param>
/// <param name="Before">Padding before the first element.</param>
/// <param name="After">Padding after the last element.</param>
internal readonly record struct WindowAxis(int Input, int Window, int Stride, int Dilation, int Before, int After)
{
    /// <summary>The number of places where the whole window fits into the padded input.</summary>
    public int Output => Math.Max(0, (Input + Before + After - ((Window - 1) * Dilation) - 1 + Stride) / Stride);
}
