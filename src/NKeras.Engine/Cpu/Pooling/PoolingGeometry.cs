namespace NKeras.Engine.Cpu;

/// <summary>The sizes of a two-dimensional pooling: input <c>[N, H, W, C]</c>, output <c>[N, OH, OW, C]</c>.</summary>
internal readonly record struct PoolingGeometry
{
    /// <summary>The number of images.</summary>
    public required int Batch { get; init; }

    /// <summary>The height of the input.</summary>
    public required int Height { get; init; }

    /// <summary>The width of the input.</summary>
    public required int Width { get; init; }

    /// <summary>The number of channels.</summary>
    public required int Channels { get; init; }

    /// <summary>The height of the window.</summary>
    public required int WindowHeight { get; init; }

    /// <summary>The width of the window.</summary>
    public required int WindowWidth { get; init; }

    /// <summary>Input rows between two output rows.</summary>
    public required int StrideHeight { get; init; }

    /// <summary>Input columns between two output columns.</summary>
    public required int StrideWidth { get; init; }

    /// <summary>Input rows between two rows of the window.</summary>
    public int DilationHeight { get; init; } = 1;

    /// <summary>Input columns between two columns of the window.</summary>
    public int DilationWidth { get; init; } = 1;

    /// <summary>Rows of padding above.</summary>
    public int PadTop { get; init; }

    /// <summary>Rows of padding below.</summary>
    public int PadBottom { get; init; }

    /// <summary>Columns of padding on the left.</summary>
    public int PadLeft { get; init; }

    /// <summary>Columns of padding on the right.</summary>
    public int PadRight { get; init; }

    /// <summary>A geometry without padding or dilation, unless the initialiser says otherwise.</summary>
    public PoolingGeometry()
    {
    }

    /// <summary>The rows of the output.</summary>
    public int OutputHeight => Rows.Output;

    /// <summary>The columns of the output.</summary>
    public int OutputWidth => Columns.Output;

    /// <summary>The vertical axis.</summary>
    public WindowAxis Rows => new(Height, WindowHeight, StrideHeight, DilationHeight, PadTop, PadBottom);

    /// <summary>The horizontal axis.</summary>
    public WindowAxis Columns => new(Width, WindowWidth, StrideWidth, DilationWidth, PadLeft, PadRight);

    /// <summary>The same sizes as the reference kernels want them.</summary>
    public WindowShape ToShape() => new([Rows, Columns]);
}
