namespace NKeras.Engine.Cpu;

/// <summary>What the gradients of max and average pooling share: elements that no window writes must be zero.</summary>
internal static unsafe class PoolingGradient
{
    /// <summary>Clears the whole gradient if there is no window at all.</summary>
    public static void ClearUnless(bool windows, in PoolingPlan plan)
    {
        PoolingGeometry g = plan.Geometry;
        if (!windows) Clear(plan.DX, (nint)g.Batch * g.Height * g.Width * g.Channels);
    }

    /// <summary>
    /// Called before each output row. Where windows are disjoint and cover all, nothing needs clearing; else the
    /// image is cleared before its first row, so that what is left out is zero and what overlaps can be added.
    /// </summary>
    public static void ClearBefore(in PoolingPlan plan, int row)
    {
        PoolingGeometry g = plan.Geometry;
        (int image, int o) = Math.DivRem(row, plan.Rows.Outputs);
        if (o != 0 || (plan.Disjoint && Covers(plan.Rows) && Covers(plan.Columns))) return;
        nint size = (nint)g.Height * g.Width * g.Channels;
        Clear(plan.DX + (image * size), size);
    }

    private static bool Covers(in AxisPlan axis) =>
        axis.OffsetStep == 1 && axis.Stride == axis.Taps && axis.Start(axis.Outputs) >= axis.InputSize;

    private static void Clear(float* start, nint count)
    {
        const int Most = 1 << 28; // Spans count in 32 bits.
        for (; count > 0; start += Most, count -= Most) new Span<float>(start, (int)Math.Min(count, Most)).Clear();
    }
}
