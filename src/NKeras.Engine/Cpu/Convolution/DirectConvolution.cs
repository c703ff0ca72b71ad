using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>
/// The convolution loop around the register block, for the forward pass and for the gradient of the input: both read
/// an image at taps described by two <see cref="AxisPlan"/>s and write sums over taps and channels.
/// </summary>
/// <remarks>
/// Nothing is copied but the filter. Padding is never read: where a block of pixels touches it, the taps are taken in
/// groups that see the same pixels, and each group adds to the pixels it sees.
/// </remarks>
internal unsafe struct DirectConvolution
{
    // A part should be worth handing to another thread, and its rows should stay in the second-level cache.
    private const double FlopsPerPart = 4e6;

    // A part should use the filter, which it reads from beyond the first-level cache, often enough.
    private const int MinPartPixels = 96;

    // With fewer parts than this, panels of output channels are parts of their own.
    private const int EnoughParts = 16;

    // The piece of a panel that is used over and over for the rows of a part has to stay in the second-level cache.
    private const int SliceBytes = 256 << 10;

    /// <summary>The image that is read, <c>[batch, rows, columns, Channels]</c>.</summary>
    public float* X;

    /// <summary>The image that is written, <c>[batch, OutputRows, OutputColumns, OutputChannels]</c>.</summary>
    public float* Y;

    /// <summary>The packed filter.</summary>
    public float* Filter;

    /// <summary>What sums start from, for each group as wide as its panels; or null for zero.</summary>
    public float* Bias;

    /// <summary>The vertical taps.</summary>
    public AxisPlan Rows;

    /// <summary>The horizontal taps.</summary>
    public AxisPlan Columns;

    /// <summary>The number of images.</summary>
    public int Batch;

    /// <summary>The channels that are read, all groups together.</summary>
    public int Channels;

    /// <summary>The height of the image that is written.</summary>
    public int OutputRows;

    /// <summary>The width of the image that is written.</summary>
    public int OutputColumns;

    /// <summary>The channels that are written, all groups together.</summary>
    public int OutputChannels;

    /// <summary>The number of groups.</summary>
    public int Groups;

    /// <summary>Whether negative results become zero.</summary>
    public bool Relu;

    /// <summary>What to do with finished pixels, or null.</summary>
    public ConvolutionEpilogue? Epilogue;

    private FilterPanels _panels;
    private int _rowsPerPart, _rowParts, _panelParts;

    // The output columns that see no padding.
    private int _firstWhole, _endWhole;

    private readonly int GroupChannels => Channels / Groups;

    /// <summary>Convolves. The filter must have been packed for the same vector width.</summary>
    public void Run<TOps, V>(WorkerPool pool)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        int rows = Batch * Rows.Outputs;
        if (rows == 0 || Columns.Outputs == 0) return;
        _panels = new FilterPanels(OutputChannels / Groups, TOps.Width);
        double flopsPerRow = 2.0 * Columns.Outputs * Math.Max(1, Rows.Taps * Columns.Taps * GroupChannels) * _panels.Padded;
        int minRows = ((MinPartPixels - 1) / Columns.Outputs) + 1;
        _rowsPerPart = Math.Min(rows, Math.Max(minRows, (int)Math.Min(FlopsPerPart / flopsPerRow, int.MaxValue)));
        _rowParts = (rows + _rowsPerPart - 1) / _rowsPerPart;
        Columns.ValidOutputs(0, out _firstWhole, out _);
        Columns.ValidOutputs(Math.Max(0, Columns.Taps - 1), out _, out _endWhole);
        _panelParts = _rowParts * Groups >= EnoughParts ? 1 : _panels.Count;

        // This struct holds a managed reference, but lies on the caller's stack and does not move while parts run.
        pool.Run(Groups * _panelParts * _rowParts, &RunPart<TOps, V>, Unsafe.AsPointer(ref this));
    }

    private static void RunPart<TOps, V>(void* context, int part)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        ref DirectConvolution c = ref Unsafe.AsRef<DirectConvolution>(context);
        (part, int rowPart) = Math.DivRem(part, c._rowParts);
        (int group, int panelPart) = Math.DivRem(part, c._panelParts);
        int rowStart = rowPart * c._rowsPerPart;
        int rowEnd = Math.Min(rowStart + c._rowsPerPart, c.Batch * c.Rows.Outputs);
        int panelEnd = c._panelParts == 1 ? c._panels.Count : panelPart + 1;
        float* tile = stackalloc float[RegisterBlock.MaxRows * 2 * TOps.Width];
        float* zeros = stackalloc float[2 * TOps.Width];
        new Span<float>(zeros, 2 * TOps.Width).Clear();
        for (int panel = panelPart; panel < panelEnd; panel++)
        {
            PanelRun run = c.Begin(group, panel, zeros, tile, TOps.Width);
            bool whole = (nint)c.Rows.Taps * c.Columns.Taps * c.GroupChannels * run.Width * sizeof(float) <= SliceBytes;
            int sliceChannels = whole ? c.GroupChannels
                : Math.Clamp(SliceBytes / (c.Columns.Taps * run.Width * sizeof(float)), 1, c.GroupChannels);
            int sliceTaps = whole ? Math.Max(1, c.Rows.Taps) : 1;
            run.First = true;
            for (run.TapStart = 0; run.TapStart == 0 || run.TapStart < c.Rows.Taps; run.TapStart += sliceTaps)
            {
                run.TapEnd = run.TapStart + sliceTaps;
                for (run.ChannelStart = 0; run.ChannelStart < c.GroupChannels; run.ChannelStart += sliceChannels)
                {
                    run.ChannelCount = Math.Min(sliceChannels, c.GroupChannels - run.ChannelStart);
                    run.Last = run.TapEnd >= c.Rows.Taps && run.ChannelStart + sliceChannels >= c.GroupChannels;
                    for (int row = rowStart; row < rowEnd; row++) c.Row<TOps, V>(ref run, row);
                    run.First = false;
                }
            }
        }
    }

    private readonly PanelRun Begin(int group, int panel, float* zeros, float* tile, int vectorWidth)
    {
        int taps = Rows.Taps * Columns.Taps, groupOutput = OutputChannels / Groups, start = _panels.Start(panel);
        nint groupOffset = (nint)group * taps * GroupChannels * _panels.Padded;
        return new PanelRun
        {
            Filter = Filter + groupOffset + ((nint)taps * GroupChannels * start),
            Bias = Bias is null ? zeros : Bias + ((nint)group * _panels.Padded) + start,
            Tile = tile,
            Input = group * GroupChannels,
            Output = (group * groupOutput) + start,
            Width = _panels.Width(panel),
            Vectors = _panels.Width(panel) / vectorWidth,
            Channels = _panels.Channels(panel),
        };
    }

    private readonly void Row<TOps, V>(ref PanelRun run, int row)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        (int image, int o) = Math.DivRem(row, Rows.Outputs);
        Rows.ValidTaps(o, out int firstTap, out int endTap);
        firstTap = Math.Max(firstTap, run.TapStart);
        endTap = Math.Min(endTap, run.TapEnd);

        BlockArguments a = default;
        nint inputRow = (nint)Columns.InputSize * Channels;
        float* x = X + ((((nint)image * Rows.InputSize) + Rows.Start(o) + ((nint)firstTap * Rows.OffsetStep)) * inputRow)
            + run.Input + run.ChannelStart;
        float* w = run.Filter + ((((nint)firstTap * Columns.Taps * GroupChannels) + run.ChannelStart) * run.Width);
        a.XRowStride = (nint)Columns.Stride * Channels;
        a.OuterCount = Math.Max(0, endTap - firstTap);
        a.XOuterStep = Rows.OffsetStep * inputRow;
        a.WOuterStep = (nint)Columns.Taps * GroupChannels * run.Width;
        a.XMiddleStep = (nint)Columns.OffsetStep * Channels;
        a.WMiddleStep = (nint)GroupChannels * run.Width;
        a.XInnerStep = 1;
        a.WInnerStep = run.Width;

        // Neighbouring taps of one row are neighbours in memory: one long inner loop instead of many short ones.
        bool merge = Columns.OffsetStep == 1 && run.ChannelCount == Channels;
        bool staged = run.Channels != run.Width;
        nint pixelRow = (((nint)image * OutputRows) + Rows.OutputStart + ((nint)o * Rows.OutputStep)) * OutputColumns;
        nint pixelStride = (nint)Columns.OutputStep * OutputChannels;
        a.YStride = staged ? run.Width : pixelStride;

        int maxRows = RegisterBlock.RowsOf(run.Vectors, TOps.Width);
        int blocks = (Columns.Outputs + maxRows - 1) / maxRows;
        (int blockRows, int longer) = Math.DivRem(Columns.Outputs, blocks);
        int pixel = 0;
        for (int i = 0; i < blocks; i++)
        {
            int count = i < longer ? blockRows + 1 : blockRows;
            nint firstPixel = pixelRow + Columns.OutputStart + ((nint)pixel * Columns.OutputStep);
            float* y = Y + (firstPixel * OutputChannels) + run.Output;
            a.Y = staged ? run.Tile : y;
            if (staged && !run.First) Copy(y, pixelStride, run.Tile, run.Width, count, run.Channels);
            Block<TOps, V>(ref run, &a, x, w, pixel, count, merge);
            if (staged) Copy(run.Tile, run.Width, y, pixelStride, count, run.Channels);
            if (run.Last && Epilogue is not null)
            {
                for (int p = 0; p < count; p++)
                    Epilogue.Apply(y + (p * pixelStride), firstPixel + ((nint)p * Columns.OutputStep), run.Output, run.Channels);
            }

            pixel += count;
        }
    }

    // x and w: the first valid row tap, column tap 0, output pixel 0.
    private readonly void Block<TOps, V>(
        ref PanelRun run, BlockArguments* a, float* x, float* w, int pixel, int count, bool merge)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        float floor = Relu && run.Last ? 0 : float.NegativeInfinity;
        float* y = a->Y;
        if (_firstWhole <= pixel && _endWhole >= pixel + count && a->OuterCount > 0 && Columns.Taps > 0)
        {
            a->Init = run.First ? run.Bias : y;
            a->InitStride = run.First ? 0 : a->YStride;
            a->Floor = floor;
            Taps<TOps, V>(ref run, a, x, w, pixel, count, 0, Columns.Taps, merge);
            return;
        }

        if (run.First)
        {
            for (int j = 0; j < run.Width; j += TOps.Width)
            {
                V bias = TOps.Load(run.Bias + j);
                for (int p = 0; p < count; p++) TOps.Store(y + (p * a->YStride) + j, bias);
            }
        }

        a->InitStride = a->YStride;
        a->Floor = float.NegativeInfinity;
        for (int tap = 0, next; tap < Columns.Taps && a->OuterCount > 0; tap = next)
        {
            Seen(tap, pixel, count, out int from, out int to);
            for (next = tap + 1; next < Columns.Taps; next++)
            {
                Seen(next, pixel, count, out int nextFrom, out int nextTo);
                if (nextFrom != from || nextTo != to) break;
            }

            if (from >= to) continue;
            a->Y = a->Init = y + ((from - pixel) * a->YStride);
            Taps<TOps, V>(ref run, a, x, w, from, to - from, tap, next, merge);
        }

        if (Relu && run.Last)
        {
            V zero = TOps.Splat(0);
            for (int p = 0; p < count; p++)
            {
                float* target = y + (p * a->YStride);
                for (int j = 0; j < run.Width; j += TOps.Width) TOps.Store(target + j, TOps.MaxNative(zero, TOps.Load(target + j)));
            }
        }
    }

    private readonly void Seen(int tap, int pixel, int count, out int from, out int to)
    {
        Columns.ValidOutputs(tap, out from, out to);
        from = Math.Max(from, pixel);
        to = Math.Min(to, pixel + count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Taps<TOps, V>(
        ref PanelRun run, BlockArguments* a, float* x, float* w, int pixel, int count, int tap, int endTap, bool merge)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        a->X = x + (((nint)Columns.Start(pixel) + ((nint)tap * Columns.OffsetStep)) * Channels);
        a->W = w + ((nint)tap * a->WMiddleStep);
        a->MiddleCount = merge ? 1 : endTap - tap;
        a->InnerCount = merge ? (endTap - tap) * Channels : run.ChannelCount;
        RegisterBlock.Run<TOps, V>(run.Vectors, count, a);
    }

    private static void Copy(float* source, nint sourceStride, float* target, nint targetStride, int rows, int count)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int j = 0; j < count; j++) target[j] = source[j];
            source += sourceStride;
            target += targetStride;
        }
    }

    /// <summary>One panel of output channels, and the slice of its taps and channels that is being added.</summary>
    private struct PanelRun
    {
        public float* Filter, Bias, Tile;
        public int Input, Output, Width, Vectors, Channels;
        public int TapStart, TapEnd, ChannelStart, ChannelCount;
        public bool First, Last;
    }
}
