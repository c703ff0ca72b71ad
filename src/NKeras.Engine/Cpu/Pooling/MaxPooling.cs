using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>Two-dimensional max pooling of 32-bit floats, channels last, and its gradient.</summary>
/// <remarks>
/// Vectors run over channels. Padding is never chosen; NaN wins over every number. Results have the same bits for any
/// number of threads.
/// </remarks>
internal static unsafe class MaxPooling
{
    /// <summary>The largest element under each window.</summary>
    public static void Forward(in PoolingGeometry g, float* x, float* y, WorkerPool pool)
    {
        PoolingPlan plan = new(g, wholeImages: false) { X = x, Y = y };
        pool.Run(plan.Parts, Simd.Level switch
        {
            SimdLevel.Avx512 => &ForwardPart<SimdOps512, Vector512<float>>,
            SimdLevel.Avx2 => &ForwardPart<SimdOps256, Vector256<float>>,
            _ => &ForwardPart<SimdOps128, Vector128<float>>,
        }, &plan);
    }

    /// <summary>
    /// The gradient: that of an output goes to the first largest element under its window, in row-major order; what
    /// overlapping windows give to the same element adds up.
    /// </summary>
    /// <param name="g">The sizes.</param>
    /// <param name="dy">The gradient of the output.</param>
    /// <param name="x">The input of the forward pass.</param>
    /// <param name="y">The output of the forward pass.</param>
    /// <param name="dx">The gradient of the input.</param>
    /// <param name="pool">The threads.</param>
    public static void Backward(in PoolingGeometry g, float* dy, float* x, float* y, float* dx, WorkerPool pool)
    {
        PoolingPlan plan = new(g, wholeImages: true) { X = x, Y = y, DY = dy, DX = dx };
        PoolingGradient.ClearUnless(plan.Parts > 0, plan);
        pool.Run(plan.Parts, Simd.Level switch
        {
            SimdLevel.Avx512 => &BackwardPart<SimdOps512, Vector512<float>>,
            SimdLevel.Avx2 => &BackwardPart<SimdOps256, Vector256<float>>,
            _ => &BackwardPart<SimdOps128, Vector128<float>>,
        }, &plan);
    }

    /// <summary>The gradient of one image, on this thread.</summary>
    /// <param name="plan">What is to be done for the first image.</param>
    /// <param name="image">The number of the image.</param>
    /// <param name="dx">Where its gradient goes.</param>
    public static void BackwardOfImage<TOps, TVector>(PoolingPlan plan, int image, float* dx)
        where TOps : struct, IConvolutionLanes<TVector>
        where TVector : struct
    {
        PoolingGeometry g = plan.Geometry;
        nint input = (nint)image * g.Height * g.Width * g.Channels, output = (nint)image * g.OutputHeight * g.OutputWidth * g.Channels;
        plan.X += input;
        plan.Y += output;
        plan.DY += output;
        plan.DX = dx;
        PoolingGradient.ClearUnless(plan.Parts > 0, plan);
        for (int part = 0; part < plan.Parts; part++) BackwardPart<TOps, TVector>(&plan, part);
    }

    private static void ForwardPart<TOps, TVector>(void* context, int part)
        where TOps : struct, IConvolutionLanes<TVector>
        where TVector : struct
    {
        ref PoolingPlan plan = ref *(PoolingPlan*)context;
        for (int row = plan.Start(part); row < plan.End(part); row++)
        {
            int channel = ForwardRow<TOps, TVector>(ref plan, row, 0);
            channel = ForwardRow<SimdOps128, Vector128<float>>(ref plan, row, channel);
            ForwardRow<SimdOpsScalar, float>(ref plan, row, channel);
        }
    }

    // Whole vectors of channels from the given one on; returns the first channel that is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ForwardRow<TOps, TVector>(ref PoolingPlan plan, int row, int firstChannel)
        where TOps : struct, IConvolutionLanes<TVector>
        where TVector : struct
    {
        int channels = plan.Geometry.Channels, channel = firstChannel;
        if (channel + TOps.Width > channels) return channel;
        float* x = plan.X + plan.Window(row, out int firstTap, out int endTap);
        float* y = plan.Y + ((nint)row * plan.Columns.Outputs * channels);
        nint rowStep = (nint)plan.Rows.OffsetStep * plan.Geometry.Width * channels, step = (nint)plan.Columns.OffsetStep * channels;
        for (int pixel = 0; pixel < plan.Columns.Outputs; pixel++, y += channels)
        {
            plan.Columns.ValidTaps(pixel, out int first, out int end);
            if (endTap - firstTap == 2 && end - first == 2)
            {
                channel = MaxOfFour<TOps, TVector>(x + ((nint)plan.Columns.Start(pixel) * channels) + (first * step), rowStep, step, y, firstChannel, channels);
                continue;
            }

            float* corner = x + ((nint)plan.Columns.Start(pixel) * channels) + (first * step);
            for (channel = firstChannel; channel + TOps.Width <= channels; channel += TOps.Width)
            {
                TVector best = TOps.Broadcast(float.NegativeInfinity);
                float* source = corner + channel;
                for (int t = firstTap; t < endTap; t++, source += rowStep)
                {
                    float* element = source;
                    for (int u = first; u < end; u++, element += step) best = TOps.Max(best, TOps.Load(element));
                }

                TOps.Store(y + channel, best);
            }
        }

        return channel;
    }

    // Most windows have two rows of two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int MaxOfFour<TOps, TVector>(float* x, nint rowStep, nint step, float* y, int channel, int channels)
        where TOps : struct, IConvolutionLanes<TVector>
        where TVector : struct
    {
        float* below = x + rowStep;
        for (; channel + TOps.Width <= channels; channel += TOps.Width)
        {
            TVector upper = TOps.Max(TOps.Load(x + channel), TOps.Load(x + step + channel));
            TVector lower = TOps.Max(TOps.Load(below + channel), TOps.Load(below + step + channel));
            TOps.Store(y + channel, TOps.Max(upper, lower));
        }

        return channel;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ShareOutToFour<TOps, TVector>(
        float* x, float* dx, nint rowStep, nint step, float* y, float* dy, int channel, int channels)
        where TOps : struct, IConvolutionLanes<TVector>
        where TVector : struct
    {
        for (; channel + TOps.Width <= channels; channel += TOps.Width)
        {
            TVector best = TOps.Load(y + channel), rest = TOps.Load(dy + channel);
            nint below = channel + rowStep;
            TVector share = TOps.WhereEqualOrNaN(TOps.Load(x + channel), best, rest);
            TOps.Store(dx + channel, share);
            rest = TOps.Xor(rest, share);
            share = TOps.WhereEqualOrNaN(TOps.Load(x + channel + step), best, rest);
            TOps.Store(dx + channel + step, share);
            rest = TOps.Xor(rest, share);
            share = TOps.WhereEqualOrNaN(TOps.Load(x + below), best, rest);
            TOps.Store(dx + below, share);
            rest = TOps.Xor(rest, share);
            TOps.Store(dx + below + step, TOps.WhereEqualOrNaN(TOps.Load(x + below + step), best, rest));
        }

        return channel;
    }

    private static void BackwardPart<TOps, TVector>(void* context, int part)
        where TOps : struct, IConvolutionLanes<TVector>
        where TVector : struct
    {
        ref PoolingPlan plan = ref *(PoolingPlan*)context;
        for (int row = plan.Start(part); row < plan.End(part); row++)
        {
            PoolingGradient.ClearBefore(plan, row);
            int channel = BackwardRow<TOps, TVector>(ref plan, row, 0);
            channel = BackwardRow<SimdOps128, Vector128<float>>(ref plan, row, channel);
            BackwardRow<SimdOpsScalar, float>(ref plan, row, channel);
        }
    }

    // Whole vectors of channels from the given one on; returns the first channel that is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int BackwardRow<TOps, TVector>(ref PoolingPlan plan, int row, int firstChannel)
        where TOps : struct, IConvolutionLanes<TVector>
        where TVector : struct
    {
        int channels = plan.Geometry.Channels, channel = firstChannel;
        if (channel + TOps.Width > channels) return channel;
        nint window = plan.Window(row, out int firstTap, out int endTap), output = (nint)row * plan.Columns.Outputs * channels;
        float* x = plan.X + window, dx = plan.DX + window, y = plan.Y + output, dy = plan.DY + output;
        nint rowStep = (nint)plan.Rows.OffsetStep * plan.Geometry.Width * channels, step = (nint)plan.Columns.OffsetStep * channels;
        bool write = plan.Disjoint;
        for (int pixel = 0; pixel < plan.Columns.Outputs; pixel++, y += channels, dy += channels)
        {
            plan.Columns.ValidTaps(pixel, out int first, out int end);
            nint corner = ((nint)plan.Columns.Start(pixel) * channels) + (first * step);
            if (write && endTap - firstTap == 2 && end - first == 2)
            {
                channel = ShareOutToFour<TOps, TVector>(x + corner, dx + corner, rowStep, step, y, dy, firstChannel, channels);
                continue;
            }

            for (channel = firstChannel; channel + TOps.Width <= channels; channel += TOps.Width)
            {
                TVector best = TOps.Load(y + channel), rest = TOps.Load(dy + channel);
                nint source = corner + channel;
                for (int t = firstTap; t < endTap; t++, source += rowStep)
                {
                    nint element = source;
                    for (int u = first; u < end; u++, element += step)
                    {
                        TVector share = TOps.WhereEqualOrNaN(TOps.Load(x + element), best, rest);
                        rest = TOps.Xor(rest, share);
                        TOps.Store(dx + element, write ? share : TOps.Add(TOps.Load(dx + element), share));
                    }
                }
            }
        }

        return channel;
    }
}
