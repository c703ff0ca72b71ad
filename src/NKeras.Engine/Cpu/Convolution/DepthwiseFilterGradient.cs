using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>The gradient of a depthwise filter, in chunks of output rows that are added in order.</summary>
internal unsafe struct DepthwiseFilterGradient
{
    private const double FlopsPerChunk = 4e6;
    private const int MaxChunks = 64;

    private ConvolutionGeometry _g;
    private AxisPlan _rows, _columns;
    private float* _x, _dy, _sums;
    private nint _filterSize;
    private int _rowsPerChunk;

    /// <summary>Computes the gradient.</summary>
    public static void Run<TOps, V>(in ConvolutionGeometry g, float* x, float* dy, float* dw, WorkerPool pool)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        DepthwiseFilterGradient c = default;
        c._g = g;
        c._x = x;
        c._dy = dy;
        c._rows = AxisPlan.Forward(g.Rows);
        c._columns = AxisPlan.Forward(g.Columns);
        c._filterSize = (nint)g.FilterHeight * g.FilterWidth * g.Channels;
        int rows = g.Batch * c._rows.Outputs;
        int chunks = (int)Math.Clamp(g.Flops / FlopsPerChunk, 1, MaxChunks);
        c._rowsPerChunk = Math.Max(1, (rows + chunks - 1) / chunks);
        chunks = Math.Max(1, (rows + c._rowsPerChunk - 1) / c._rowsPerChunk);
        c._sums = chunks == 1 ? dw
            : (float*)Scratch.Get(ScratchUse.ConvolutionFilter, (nuint)(c._filterSize * chunks * sizeof(float)));
        pool.Run(chunks, &RunChunk<TOps, V>, &c);
        if (chunks == 1) return;
        for (nint i = 0; i < c._filterSize; i++)
        {
            float sum = c._sums[i];
            for (int chunk = 1; chunk < chunks; chunk++) sum += c._sums[(chunk * c._filterSize) + i];
            dw[i] = sum;
        }
    }

    private static void RunChunk<TOps, V>(void* context, int chunk)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        ref DepthwiseFilterGradient c = ref *(DepthwiseFilterGradient*)context;
        float* sums = c._sums + (chunk * c._filterSize);
        new Span<float>(sums, checked((int)c._filterSize)).Clear();
        int end = Math.Min((chunk + 1) * c._rowsPerChunk, c._g.Batch * c._rows.Outputs);
        for (int row = chunk * c._rowsPerChunk; row < end; row++)
        {
            int channel = c.Row<TOps, V>(sums, row, 0);
            channel = c.Row<Simd128, Vector128<float>>(sums, row, channel);
            c.Row<SimdScalar, float>(sums, row, channel);
        }
    }

    // Whole vectors of channels from the given one on; returns the first channel that is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int Row<TOps, V>(float* sums, int row, int channel)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        int channels = _g.Channels, firstChannel = channel;
        if (channel + TOps.Width > channels) return channel;
        (int image, int o) = Math.DivRem(row, _rows.Outputs);
        _rows.ValidTaps(o, out int firstTap, out int endTap);
        nint inputRow = (nint)_g.Width * channels, xPixel = (nint)_columns.Stride * channels;
        float* dyRow = _dy + ((nint)row * _columns.Outputs * channels);
        for (int t = firstTap; t < endTap; t++)
        {
            float* xRow = _x + ((((nint)image * _g.Height) + _rows.Start(o) + ((nint)t * _rows.OffsetStep)) * inputRow);
            for (int u = 0; u < _columns.Taps; u++)
            {
                _columns.ValidOutputs(u, out int first, out int end);
                float* sum = sums + ((((nint)t * _g.FilterWidth) + u) * channels);
                for (channel = firstChannel; channel + TOps.Width <= channels; channel += TOps.Width)
                {
                    float* x = xRow + ((_columns.Start(first) + ((nint)u * _columns.OffsetStep)) * channels) + channel;
                    float* dy = dyRow + ((nint)first * channels) + channel;
                    V s0 = TOps.Load(sum + channel), s1 = TOps.Splat(0);
                    int pixel = first;
                    for (; pixel + 2 <= end; pixel += 2, x += 2 * xPixel, dy += 2 * (nint)channels)
                    {
                        s0 = TOps.MultiplyAdd(TOps.Load(x), TOps.Load(dy), s0);
                        s1 = TOps.MultiplyAdd(TOps.Load(x + xPixel), TOps.Load(dy + channels), s1);
                    }

                    if (pixel < end) s0 = TOps.MultiplyAdd(TOps.Load(x), TOps.Load(dy), s0);
                    TOps.Store(sum + channel, TOps.Add(s0, s1));
                }
            }
        }

        return firstChannel + ((channels - firstChannel) / TOps.Width * TOps.Width);
    }
}
