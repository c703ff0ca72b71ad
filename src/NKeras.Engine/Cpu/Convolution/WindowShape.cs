namespace NKeras.Engine.Cpu;

/// <summary>
/// The spatial sizes of a convolution or pooling of any rank, for the reference kernels: it answers which input
/// position lies under a tap of the window at an output position. Positions and taps are numbered in row-major order.
/// </summary>
internal sealed class WindowShape
{
    private readonly WindowAxis[] _axes;

    /// <summary>Makes a shape of one, two, three or more spatial axes, outermost first.</summary>
    public WindowShape(params WindowAxis[] axes)
    {
        _axes = axes;
        (InputCount, OutputCount, TapCount) = (1, 1, 1);
        foreach (WindowAxis axis in axes)
        {
            InputCount *= axis.Input;
            OutputCount *= axis.Output;
            TapCount *= axis.Window;
        }
    }

    /// <summary>The number of input positions of one image.</summary>
    public int InputCount { get; }

    /// <summary>The number of output positions of one image.</summary>
    public int OutputCount { get; }

    /// <summary>The number of taps of the window.</summary>
    public int TapCount { get; }

    /// <summary>The input position under <paramref name="tap"/> at <paramref name="output"/>, or -1 for padding.</summary>
    public int Source(int output, int tap)
    {
        int source = 0, scale = 1;
        for (int i = _axes.Length - 1; i >= 0; i--)
        {
            WindowAxis axis = _axes[i];
            (output, int o) = Math.DivRem(output, axis.Output);
            (tap, int t) = Math.DivRem(tap, axis.Window);
            int position = (o * axis.Stride) + (t * axis.Dilation) - axis.Before;
            if ((uint)position >= (uint)axis.Input) return -1;
            source += position * scale;
            scale *= axis.Input;
        }

        return source;
    }
}
