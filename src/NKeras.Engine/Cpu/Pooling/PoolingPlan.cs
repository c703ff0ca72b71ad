namespace NKeras.Engine.Cpu;

/// <summary>The operands of a pooling kernel and how it is shared between threads.</summary>
internal unsafe struct PoolingPlan
{
    // What a part reads and writes should stay in the second-level cache.
    private const int BytesPerPart = 256 << 10;

    /// <summary>The sizes.</summary>
    public PoolingGeometry Geometry;

    /// <summary>The vertical axis.</summary>
    public AxisPlan Rows;

    /// <summary>The horizontal axis.</summary>
    public AxisPlan Columns;

    /// <summary>The input, <c>[N, H, W, C]</c>.</summary>
    public float* X;

    /// <summary>The output, <c>[N, OH, OW, C]</c>.</summary>
    public float* Y;

    /// <summary>The gradient of the output.</summary>
    public float* DY;

    /// <summary>The gradient of the input.</summary>
    public float* DX;

    /// <summary>The output rows of one part, counted through all images.</summary>
    public int RowsPerPart;

    /// <summary>The number of parts.</summary>
    public int Parts;

    /// <summary>Whether no input element lies under two windows, so that its gradient is written rather than added.</summary>
    public bool Disjoint;

    /// <summary>Makes a plan.</summary>
    /// <param name="g">The sizes.</param>
    /// <param name="wholeImages">Whether a part must be whole images, because its rows write to each other's input.</param>
    public PoolingPlan(in PoolingGeometry g, bool wholeImages)
    {
        Geometry = g;
        Rows = AxisPlan.Forward(g.Rows);
        Columns = AxisPlan.Forward(g.Columns);
        Disjoint = g.StrideHeight >= ((g.WindowHeight - 1) * g.DilationHeight) + 1
            && g.StrideWidth >= ((g.WindowWidth - 1) * g.DilationWidth) + 1;
        int rows = g.Batch * Rows.Outputs;
        double rowBytes = sizeof(float) * (double)g.Channels * ((g.Width * g.StrideHeight) + Columns.Outputs);
        RowsPerPart = (int)Math.Clamp(BytesPerPart / Math.Max(1, rowBytes), 1, Math.Max(1, rows));
        if (wholeImages) RowsPerPart = Math.Max(1, (RowsPerPart + Rows.Outputs - 1) / Math.Max(1, Rows.Outputs)) * Rows.Outputs;
        Parts = rows == 0 || Columns.Outputs == 0 || g.Channels == 0 ? 0 : (rows + RowsPerPart - 1) / RowsPerPart;
    }

    /// <summary>The first row of a part.</summary>
    public readonly int Start(int part) => part * RowsPerPart;

    /// <summary>One past the last row of a part.</summary>
    public readonly int End(int part) => Math.Min((part + 1) * RowsPerPart, Geometry.Batch * Rows.Outputs);

    /// <summary>The window of an output row: its valid taps and the input row (as an offset) under the first of them.</summary>
    public readonly nint Window(int row, out int firstTap, out int endTap)
    {
        (int image, int o) = Math.DivRem(row, Rows.Outputs);
        Rows.ValidTaps(o, out firstTap, out endTap);
        endTap = Math.Max(firstTap, endTap);
        nint inputRow = ((nint)image * Geometry.Height) + Rows.Start(o) + ((nint)firstTap * Rows.OffsetStep);
        return inputRow * Geometry.Width * Geometry.Channels;
    }
}
