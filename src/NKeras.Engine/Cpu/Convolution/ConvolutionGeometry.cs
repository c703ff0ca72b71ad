namespace NKeras.Engine.Cpu;

/// <summary>
/// The sizes of a two-dimensional convolution: input <c>[N, H, W, C]</c>, filter <c>[KH, KW, C / groups, OC]</c>,
/// output <c>[N, OH, OW, OC]</c>.
/// </summary>
/// <remarks>A one-dimensional convolution is one with height 1. Padding may be asymmetric and contributes nothing.</remarks>
internal readonly record struct ConvolutionGeometry
{
    /// <summary>The number of images.</summary>
    public required int Batch { get; init; }

    /// <summary>The height of the input.</summary>
    public required int Height { get; init; }

    /// <summary>The width of the input.</summary>
    public required int Width { get; init; }

    /// <summary>The number of input channels, all groups together.</summary>
    public required int Channels { get; init; }

    /// <summary>The height of the filter, not dilated.</summary>
    public required int FilterHeight { get; init; }

    /// <summary>The width of the filter, not dilated.</summary>
    public required int FilterWidth { get; init; }

    /// <summary>The number of output channels, all groups together.</summary>
    public required int OutputChannels { get; init; }

    /// <summary>Input rows between two output rows.</summary>
    public int StrideHeight { get; init; } = 1;

    /// <summary>Input columns between two output columns.</summary>
    public int StrideWidth { get; init; } = 1;

    /// <summary>Input rows between two rows of the filter.</summary>
    public int DilationHeight { get; init; } = 1;

    /// <summary>Input columns between two columns of the filter.</summary>
    public int DilationWidth { get; init; } = 1;

    /// <summary>Rows of padding above.</summary>
    public int PadTop { get; init; }

    /// <summary>Rows of padding below.</summary>
    public int PadBottom { get; init; }

    /// <summary>Columns of padding on the left.</summary>
    public int PadLeft { get; init; }

    /// <summary>Columns of padding on the right.</summary>
    public int PadRight { get; init; }

    /// <summary>The number of groups; both channel counts are multiples of it.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>A geometry without padding, stride, dilation or groups, unless the initialiser says otherwise.</summary>
    public ConvolutionGeometry()
    {
    }

    /// <summary>The rows of the output.</summary>
    public int OutputHeight => Rows.Output;

    /// <summary>The columns of the output.</summary>
    public int OutputWidth => Columns.Output;

    /// <summary>The input channels that one output channel sees.</summary>
    public int GroupChannels => Channels / Groups;

    /// <summary>The output channels of one group.</summary>
    public int GroupOutputChannels => OutputChannels / Groups;

    /// <summary>The vertical axis.</summary>
    public WindowAxis Rows => new(Height, FilterHeight, StrideHeight, DilationHeight, PadTop, PadBottom);

    /// <summary>The horizontal axis.</summary>
    public WindowAxis Columns => new(Width, FilterWidth, StrideWidth, DilationWidth, PadLeft, PadRight);

    /// <summary>Multiply-adds times two, padding counted as if it were data.</summary>
    public double Flops => 2.0 * Batch * OutputHeight * OutputWidth * FilterHeight * FilterWidth * GroupChannels * OutputChannels;

    /// <summary>The same sizes as the reference kernels want them.</summary>
    public WindowShape ToShape() => new([Rows, Columns]);
}
