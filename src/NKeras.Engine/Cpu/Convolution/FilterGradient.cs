namespace NKeras.Engine.Cpu;

/// <summary>
/// The gradient of a convolution's filter: for every tap, a matrix of input channels by output channels summed over
/// pixels. The sums stay in registers over a tile of pixels that fits the second-level cache.
/// </summary>
/// <remarks>
/// A small filter is computed in chunks of output rows, each chunk into a filter of its own, and these are added in
/// order; for a large one, units of one tap and some input channels are parts, and each sums over all rows. Both
/// depend on sizes only. Vectors run over output channels; if there are few, over input channels instead.
/// </remarks>
internal unsafe struct FilterGradient
{
    // A chunk should be worth a thread, and worth adding up a filter more.
    private const double FewestFlopsPerChunk = 6e6;
    private const double FlopsPerFilterElement = 1700;
    private const int MaxChunks = 64;
    private const int MaxPartialBytes = 8 << 20;
    private const int SmallFilterBytes = 512 << 10;
    private const int ChannelsPerUnit = 96;

    // A tile should stay in the second-level cache, but must be long enough to pay for loading and storing the sums.
    private const int TileBytes = 128 << 10;
    private const int MinTilePixels = 96;

    // Below this many input channels, the taps of a filter row share a register block.
    private const int FewChannels = 9;

    private ConvolutionGeometry _g;
    private AxisPlan _rows, _columns;
    private FilterPanels _panels;
    private float* _x, _dy, _dw, _sums;
    private nint _filterSize;

    // Where the output's gradient comes out of a pooling: its backward pass for the first image, else null.
    private PoolingPlan* _pooling;
    private int _chunks, _rowsPerChunk, _units, _channelUnits;

    // The sums are [tap][row channels][vector channels, padded]. Exchanged: vectors run over input channels.
    private bool _exchanged;
    private int _rowChannels;

    /// <summary>Whether every part works on the whole of a filter of this shape, so that no two look at the same image.</summary>
    public static bool IsSmall(Shape filter) => (long)filter.Size * sizeof(float) <= SmallFilterBytes / 2; // Padding may double it.

    /// <summary>Computes the gradient; that of the output from <paramref name="pooling"/>, unless it is null.</summary>
    public static void Run<TOps, V>(in ConvolutionGeometry g, float* x, float* dy, PoolingPlan* pooling, float* dw, WorkerPool pool)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        FilterGradient c = default;
        c._g = g;
        c._x = x;
        c._dy = dy;
        c._pooling = pooling;
        c._dw = dw;
        c._rows = AxisPlan.Forward(g.Rows);
        c._columns = AxisPlan.Forward(g.Columns);
        c._exchanged = g.Groups == 1 && 2 * g.OutputChannels <= TOps.Width && g.Channels % TOps.Width == 0;
        c._panels = new FilterPanels(c._exchanged ? g.Channels : g.GroupOutputChannels, TOps.Width);
        c._rowChannels = c._exchanged ? g.OutputChannels : g.GroupChannels;
        int taps = g.FilterHeight * g.FilterWidth, rows = g.Batch * c._rows.Outputs;
        c._filterSize = (nint)taps * c._rowChannels * c._panels.Padded * g.Groups;

        bool small = c._filterSize * sizeof(float) <= SmallFilterBytes;
        c._channelUnits = small ? 1 : (c._rowChannels + ChannelsPerUnit - 1) / ChannelsPerUnit;
        c._units = small ? 1 : taps * c._channelUnits;
        int chunks = small
            ? (int)Math.Clamp(Math.Min(g.Flops / Math.Max(FewestFlopsPerChunk, FlopsPerFilterElement * c._filterSize), MaxPartialBytes / (c._filterSize * sizeof(float))), 1, MaxChunks)
            : 1;
        c._rowsPerChunk = Math.Max(1, (rows + chunks - 1) / chunks);
        if (pooling is not null) c._rowsPerChunk = (c._rowsPerChunk + c._rows.Outputs - 1) / c._rows.Outputs * c._rows.Outputs;
        c._chunks = Math.Max(1, (rows + c._rowsPerChunk - 1) / c._rowsPerChunk);
        bool direct = c._chunks == 1 && g.Groups == 1 && !c._exchanged && c._panels.Padded == g.OutputChannels;
        c._sums = direct ? dw
            : (float*)Scratch.Get(ScratchUse.ConvolutionFilter, (nuint)(c._filterSize * c._chunks * sizeof(float)));
        pool.Run(c._chunks * g.Groups * c._units, &RunPart<TOps, V>, &c);
        if (!direct) pool.Run(taps, &Reduce<TOps, V>, &c);
    }

    private static void RunPart<TOps, V>(void* context, int part)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        ref FilterGradient c = ref *(FilterGradient*)context;
        ref ConvolutionGeometry g = ref c._g;
        (part, int unit) = Math.DivRem(part, c._units);
        (int chunk, int group) = Math.DivRem(part, g.Groups);
        int taps = g.FilterHeight * g.FilterWidth, padded = c._panels.Padded;
        (int firstTap, int channelUnit) = Math.DivRem(unit, c._channelUnits);
        int endTap = c._units == 1 ? taps : firstTap + 1;
        nint tapSize = (nint)c._rowChannels * padded;
        float* sums = c._sums + (chunk * c._filterSize) + (group * taps * tapSize);
        int firstChannel = channelUnit * ChannelsPerUnit;
        int endChannel = c._channelUnits == 1 ? c._rowChannels : Math.Min(c._rowChannels, firstChannel + ChannelsPerUnit);
        for (int tap = firstTap; tap < endTap; tap++)
            new Span<float>(sums + (tap * tapSize) + ((nint)firstChannel * padded), (endChannel - firstChannel) * padded).Clear();

        int columns = c._columns.Outputs, height = c._rows.Outputs;
        int rowBytes = ((columns * g.GroupOutputChannels) + (g.StrideHeight * g.Width * g.GroupChannels)) * sizeof(float);
        int tileRows = Math.Max((MinTilePixels / Math.Max(1, columns)) + 1, TileBytes / Math.Max(1, rowBytes));
        bool copy = !c._exchanged && padded != g.GroupOutputChannels;
        float* tile = copy
            ? (float*)Scratch.Get(ScratchUse.ConvolutionTile, (nuint)((nint)Math.Min(tileRows, height) * columns * padded * sizeof(float)))
            : null;
        nint imageSize = (nint)height * columns * g.OutputChannels;
        float* unpooled = c._pooling is null ? null : (float*)Scratch.Get(ScratchUse.ConvolutionResult, (nuint)(imageSize * sizeof(float)));
        int end = Math.Min((chunk + 1) * c._rowsPerChunk, g.Batch * height);
        for (int row = chunk * c._rowsPerChunk, count; row < end; row += count)
        {
            (int image, int first) = Math.DivRem(row, height);
            count = Math.Min(Math.Min(tileRows, end - row), height - first);
            if (unpooled is not null && first == 0) MaxPooling.BackwardOfImage<TOps, V>(*c._pooling, image, unpooled);
            float* dy = unpooled is not null ? unpooled - (image * imageSize) : c._dy;
            Tile t = new()
            {
                Sums = sums,
                FirstChannel = firstChannel,
                EndChannel = endChannel,
                X = c._x + ((nint)image * g.Height * g.Width * g.Channels) + (group * g.GroupChannels),
                DY = dy + ((nint)row * columns * g.OutputChannels) + (group * g.GroupOutputChannels),
                DYStride = g.OutputChannels,
                FirstRow = first,
                EndRow = first + count,
            };
            if (copy)
            {
                CopyPadded(t.DY, t.DYStride, tile, padded, (nint)count * columns, g.GroupOutputChannels);
                t.DY = tile;
                t.DYStride = padded;
            }

            c.AddTile<TOps, V>(ref t, firstTap, endTap);
        }
    }

    private static void CopyPadded(float* source, nint sourceStride, float* target, int width, nint rows, int count)
    {
        for (nint r = 0; r < rows; r++, source += sourceStride, target += width)
        {
            int j = 0;
            for (; j < count; j++) target[j] = source[j];
            for (; j < width; j++) target[j] = 0;
        }
    }

    // Taps of a filter row that see the same pixels and lie side by side in memory are taken together if each alone
    // would leave a register block nearly empty.
    private void AddTile<TOps, V>(ref Tile t, int firstTap, int endTap)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        bool merge = !_exchanged && _g.GroupChannels < FewChannels && _g.Groups == 1 && _g.DilationWidth == 1 && _units == 1;
        int width = _g.FilterWidth;
        for (int tap = firstTap; tap < endTap; tap++)
        {
            (int kh, int kw) = Math.DivRem(tap, width);
            _rows.ValidOutputs(kh, out int rowFrom, out int rowTo);
            rowFrom = Math.Max(rowFrom, t.FirstRow);
            rowTo = Math.Min(rowTo, t.EndRow);
            if (rowFrom >= rowTo) continue;
            if (!merge)
            {
                _columns.ValidOutputs(kw, out int from, out int to);
                if (from < to) AddTaps<TOps, V>(ref t, kh, kw, kw + 1, rowFrom, rowTo, from, to);
            }
            else if (kw == 0)
            {
                AddRowOfTaps<TOps, V>(ref t, kh, rowFrom, rowTo);
            }
        }
    }

    private void AddRowOfTaps<TOps, V>(ref Tile t, int kh, int rowFrom, int rowTo)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        for (int from = 0, to; from < _columns.Outputs; from = to)
        {
            _columns.ValidTaps(from, out int kwFrom, out int kwTo);
            for (to = from + 1; to < _columns.Outputs; to++)
            {
                _columns.ValidTaps(to, out int nextFrom, out int nextTo);
                if (nextFrom != kwFrom || nextTo != kwTo) break;
            }

            if (kwFrom < kwTo) AddTaps<TOps, V>(ref t, kh, kwFrom, kwTo, rowFrom, rowTo, from, to);
        }
    }

    private void AddTaps<TOps, V>(ref Tile t, int kh, int kwFrom, int kwTo, int rowFrom, int rowTo, int from, int to)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        int taps = kwTo - kwFrom, channels = taps == 1 ? t.EndChannel - t.FirstChannel : taps * _rowChannels, padded = _panels.Padded;
        nint inputRow = (nint)_g.Width * _g.Channels;
        float* x = t.X + ((_rows.Start(rowFrom) + ((nint)kh * _rows.OffsetStep)) * inputRow)
            + ((_columns.Start(from) + ((nint)kwFrom * _columns.OffsetStep)) * _g.Channels);
        float* dy = t.DY + (((((nint)rowFrom - t.FirstRow) * _columns.Outputs) + from) * t.DYStride);
        float* sums = t.Sums + ((((nint)kh * _g.FilterWidth) + kwFrom) * _rowChannels * padded);

        BlockArguments a = default;
        a.XRowStride = 1;
        a.OuterCount = rowTo - rowFrom;
        a.XOuterStep = _rows.Stride * inputRow;
        a.WOuterStep = _columns.Outputs * t.DYStride;
        a.MiddleCount = 1;
        a.InnerCount = to - from;
        a.XInnerStep = (nint)_columns.Stride * _g.Channels;
        a.WInnerStep = t.DYStride;
        a.InitStride = a.YStride = padded;
        a.Floor = float.NegativeInfinity;
        if (_exchanged)
        {
            (a.XOuterStep, a.WOuterStep) = (a.WOuterStep, a.XOuterStep);
            (a.XInnerStep, a.WInnerStep) = (a.WInnerStep, a.XInnerStep);
            float* swap = x;
            x = dy;
            dy = swap;
        }

        for (int panel = 0; panel < _panels.Count; panel++)
        {
            int start = _panels.Start(panel);
            int vectors = _panels.Width(panel) / TOps.Width;
            int maxRows = RegisterBlock.RowsOf(vectors, TOps.Width);
            int blocks = (channels + maxRows - 1) / maxRows;
            (int blockRows, int longer) = Math.DivRem(channels, blocks);
            int channel = t.FirstChannel;
            for (int i = 0; i < blocks; i++)
            {
                int count = i < longer ? blockRows + 1 : blockRows;
                a.X = x + channel;
                a.W = dy + start;
                a.Init = a.Y = sums + ((nint)channel * padded) + start;
                RegisterBlock.Run<TOps, V>(vectors, count, &a);
                channel += count;
            }
        }
    }

    // A part is one tap, all groups and channels.
    private static void Reduce<TOps, V>(void* context, int tap)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        ref FilterGradient c = ref *(FilterGradient*)context;
        ref ConvolutionGeometry g = ref c._g;
        int padded = c._panels.Padded, groupOutput = g.GroupOutputChannels;
        nint groupSize = (nint)g.FilterHeight * g.FilterWidth * c._rowChannels * padded;
        float* rest = stackalloc float[TOps.Width];
        for (int group = 0; group < g.Groups; group++)
        {
            for (int channel = 0; channel < c._rowChannels; channel++)
            {
                nint filterRow = ((nint)tap * c._rowChannels) + channel;
                float* sums = c._sums + (group * groupSize) + (filterRow * padded);
                float* target = c._dw + (filterRow * g.OutputChannels) + (group * groupOutput);
                for (int j = 0; j < padded; j += TOps.Width)
                {
                    V total = TOps.Load(sums + j);
                    for (int chunk = 1; chunk < c._chunks; chunk++)
                        total = TOps.Add(total, TOps.Load(sums + j + (chunk * c._filterSize)));
                    if (c._exchanged)
                    {
                        TOps.Store(rest, total);
                        float* column = c._dw + ((((nint)tap * g.Channels) + j) * g.OutputChannels) + channel;
                        for (int i = 0; i < TOps.Width; i++) column[(nint)i * g.OutputChannels] = rest[i];
                    }
                    else if (j + TOps.Width <= groupOutput)
                    {
                        TOps.Store(target + j, total);
                    }
                    else
                    {
                        TOps.Store(rest, total);
                        for (int i = j; i < groupOutput; i++) target[i] = rest[i - j];
                    }
                }
            }
        }
    }

    /// <summary>Some output rows of one image, one group.</summary>
    private struct Tile
    {
        public float* Sums, X, DY;
        public nint DYStride;
        public int FirstRow, EndRow, FirstChannel, EndChannel;
    }
}
