using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>
/// A convolution in which every channel has its own filter, and the gradient of its input: vectors run over channels
/// and four pixels share each load of the filter.
/// </summary>
internal unsafe struct DepthwiseConvolution
{
    private const double FlopsPerPart = 1e6;

    /// <summary>The image that is read, <c>[batch, rows, columns, channels]</c>.</summary>
    public float* X;

    /// <summary>The image that is written, <c>[batch, OutputRows, OutputColumns, channels]</c>.</summary>
    public float* Y;

    /// <summary>The filter, <c>[KH, KW, 1, channels]</c>.</summary>
    public float* Filter;

    /// <summary>One value per channel, or null.</summary>
    public float* Bias;

    /// <summary>The vertical taps.</summary>
    public AxisPlan Rows;

    /// <summary>The horizontal taps.</summary>
    public AxisPlan Columns;

    /// <summary>The number of images.</summary>
    public int Batch;

    /// <summary>The number of channels.</summary>
    public int Channels;

    /// <summary>The filter's width.</summary>
    public int FilterWidth;

    /// <summary>The height of the image that is written.</summary>
    public int OutputRows;

    /// <summary>The width of the image that is written.</summary>
    public int OutputColumns;

    /// <summary>Whether negative results become zero.</summary>
    public bool Relu;

    /// <summary>What to do with finished pixels, or null.</summary>
    public ConvolutionEpilogue? Epilogue;

    private int _rowsPerPart;

    /// <summary>Convolves.</summary>
    public void Run<TOps, V>(WorkerPool pool)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        int rows = Batch * Rows.Outputs;
        if (rows == 0 || Columns.Outputs == 0) return;
        double flopsPerRow = 2.0 * Columns.Outputs * Channels * Math.Max(1, Rows.Taps * Columns.Taps);
        _rowsPerPart = (int)Math.Clamp(FlopsPerPart / flopsPerRow, 1, rows);

        // This struct holds a managed reference, but lies on the caller's stack and does not move while parts run.
        pool.Run((rows + _rowsPerPart - 1) / _rowsPerPart, &RunPart<TOps, V>, Unsafe.AsPointer(ref this));
    }

    private static void RunPart<TOps, V>(void* context, int part)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        ref DepthwiseConvolution c = ref Unsafe.AsRef<DepthwiseConvolution>(context);
        int end = Math.Min((part + 1) * c._rowsPerPart, c.Batch * c.Rows.Outputs);
        for (int row = part * c._rowsPerPart; row < end; row++)
        {
            int channel = c.Row<TOps, V>(row, 0);
            channel = c.Row<Simd128, Vector128<float>>(row, channel);
            c.Row<SimdScalar, float>(row, channel);
            if (c.Epilogue is not { } epilogue) continue;
            nint pixel = (nint)row * c.OutputColumns; // Only forward passes have epilogues, and they write every pixel in order.
            for (int i = 0; i < c.OutputColumns; i++) epilogue.Apply(c.Y + ((pixel + i) * c.Channels), pixel + i, 0, c.Channels);
        }
    }

    // Whole vectors of channels from the given one on; returns the first channel that is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int Row<TOps, V>(int row, int channel)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        if (channel + TOps.Width > Channels) return channel;
        (int image, int o) = Math.DivRem(row, Rows.Outputs);
        Rows.ValidTaps(o, out int firstTap, out int endTap);
        int rowTaps = Math.Max(0, endTap - firstTap);
        nint inputRow = (nint)Columns.InputSize * Channels, xRowStep = Rows.OffsetStep * inputRow;
        float* xRow = X + ((((nint)image * Rows.InputSize) + Rows.Start(o) + ((nint)firstTap * Rows.OffsetStep)) * inputRow);
        nint pixelRow = (((nint)image * OutputRows) + Rows.OutputStart + ((nint)o * Rows.OutputStep)) * OutputColumns;
        float* yRow = Y + ((pixelRow + Columns.OutputStart) * Channels);
        float* wRow = Filter + ((((nint)Rows.FirstTap + (firstTap * Rows.TapStep)) * FilterWidth) + Columns.FirstTap) * Channels;
        nint wRowStep = (nint)Rows.TapStep * FilterWidth * Channels, wStep = (nint)Columns.TapStep * Channels;
        nint xStep = (nint)Columns.OffsetStep * Channels, xPixel = (nint)Columns.Stride * Channels, yPixel = (nint)Columns.OutputStep * Channels;
        Columns.ValidOutputs(0, out int inner, out _);
        Columns.ValidOutputs(Math.Max(0, Columns.Taps - 1), out _, out int innerEnd);
        V floor = TOps.Splat(Relu ? 0 : float.NegativeInfinity);

        for (; channel + TOps.Width <= Channels; channel += TOps.Width)
        {
            V start = Bias is null ? TOps.Splat(0) : TOps.Load(Bias + channel);
            for (int pixel = 0; pixel < Columns.Outputs;)
            {
                float* y = yRow + (pixel * yPixel) + channel;
                if (pixel >= inner && pixel + 4 <= innerEnd)
                {
                    float* x = xRow + ((nint)Columns.Start(pixel) * Channels) + channel, w = wRow + channel;
                    V s0 = start, s1 = start, s2 = start, s3 = start;
                    for (int t = 0; t < rowTaps; t++, x += xRowStep, w += wRowStep)
                    {
                        float* xt = x, wt = w;
                        for (int u = Columns.Taps; u > 0; u--, xt += xStep, wt += wStep)
                        {
                            V weight = TOps.Load(wt);
                            s0 = TOps.MultiplyAdd(TOps.Load(xt), weight, s0);
                            s1 = TOps.MultiplyAdd(TOps.Load(xt + xPixel), weight, s1);
                            s2 = TOps.MultiplyAdd(TOps.Load(xt + (2 * xPixel)), weight, s2);
                            s3 = TOps.MultiplyAdd(TOps.Load(xt + (3 * xPixel)), weight, s3);
                        }
                    }

                    TOps.Store(y, TOps.MaxNative(floor, s0));
                    TOps.Store(y + yPixel, TOps.MaxNative(floor, s1));
                    TOps.Store(y + (2 * yPixel), TOps.MaxNative(floor, s2));
                    TOps.Store(y + (3 * yPixel), TOps.MaxNative(floor, s3));
                    pixel += 4;
                    continue;
                }

                Columns.ValidTaps(pixel, out int first, out int end);
                V s = start;
                for (int t = 0; t < rowTaps; t++)
                {
                    float* xt = xRow + (t * xRowStep) + ((nint)Columns.Start(pixel) * Channels) + (first * xStep) + channel;
                    float* wt = wRow + (t * wRowStep) + (first * wStep) + channel;
                    for (int u = first; u < end; u++, xt += xStep, wt += wStep)
                        s = TOps.MultiplyAdd(TOps.Load(xt), TOps.Load(wt), s);
                }

                TOps.Store(y, TOps.MaxNative(floor, s));
                pixel++;
            }
        }

        return channel;
    }
}
