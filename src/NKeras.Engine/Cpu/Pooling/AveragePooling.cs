using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>Two-dimensional average pooling of 32-bit floats, channels last, and its gradient.</summary>
/// <remarks>
/// Vectors run over channels. Padding is not counted. Results have the same bits for any number of threads.
/// </remarks>
internal static unsafe class AveragePooling
{
    /// <summary>The mean of the elements under each window.</summary>
    public static void Forward(in PoolingGeometry g, float* x, float* y, WorkerPool pool)
    {
        PoolingPlan plan = new(g, wholeImages: false) { X = x, Y = y };
        pool.Run(plan.Parts, Simd.Level switch
        {
            SimdLevel.Avx512 => &ForwardPart<Simd512, Vector512<float>>,
            SimdLevel.Avx2 => &ForwardPart<Simd256, Vector256<float>>,
            _ => &ForwardPart<Simd128, Vector128<float>>,
        }, &plan);
    }

    /// <summary>The gradient: every element under a window gets an equal share of that of the output.</summary>
    public static void Backward(in PoolingGeometry g, float* dy, float* dx, WorkerPool pool)
    {
        PoolingPlan plan = new(g, wholeImages: true) { DY = dy, DX = dx };
        PoolingGradient.ClearUnless(plan.Parts > 0, plan);
        pool.Run(plan.Parts, Simd.Level switch
        {
            SimdLevel.Avx512 => &BackwardPart<Simd512, Vector512<float>>,
            SimdLevel.Avx2 => &BackwardPart<Simd256, Vector256<float>>,
            _ => &BackwardPart<Simd128, Vector128<float>>,
        }, &plan);
    }

    private static void ForwardPart<TOps, V>(void* context, int part)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        ref PoolingPlan plan = ref *(PoolingPlan*)context;
        for (int row = plan.Start(part); row < plan.End(part); row++)
        {
            int channel = ForwardRow<TOps, V>(ref plan, row, 0);
            channel = ForwardRow<Simd128, Vector128<float>>(ref plan, row, channel);
            ForwardRow<SimdScalar, float>(ref plan, row, channel);
        }
    }

    // Whole vectors of channels from the given one on; returns the first channel that is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ForwardRow<TOps, V>(ref PoolingPlan plan, int row, int firstChannel)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        int channels = plan.Geometry.Channels, channel = firstChannel;
        if (channel + TOps.Width > channels) return channel;
        float* x = plan.X + plan.Window(row, out int firstTap, out int endTap);
        float* y = plan.Y + ((nint)row * plan.Columns.Outputs * channels);
        nint rowStep = (nint)plan.Rows.OffsetStep * plan.Geometry.Width * channels, step = (nint)plan.Columns.OffsetStep * channels;
        for (int pixel = 0; pixel < plan.Columns.Outputs; pixel++, y += channels)
        {
            plan.Columns.ValidTaps(pixel, out int first, out int end);
            float* corner = x + ((nint)plan.Columns.Start(pixel) * channels) + (first * step);
            V count = TOps.Splat(Math.Max(0, end - first) * (endTap - firstTap));
            for (channel = firstChannel; channel + TOps.Width <= channels; channel += TOps.Width)
            {
                V sum = TOps.Splat(0);
                float* source = corner + channel;
                for (int t = firstTap; t < endTap; t++, source += rowStep)
                {
                    float* element = source;
                    for (int u = first; u < end; u++, element += step) sum = TOps.Add(sum, TOps.Load(element));
                }

                TOps.Store(y + channel, TOps.Divide(sum, count));
            }
        }

        return channel;
    }

    private static void BackwardPart<TOps, V>(void* context, int part)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        ref PoolingPlan plan = ref *(PoolingPlan*)context;
        for (int row = plan.Start(part); row < plan.End(part); row++)
        {
            PoolingGradient.ClearBefore(plan, row);
            int channel = BackwardRow<TOps, V>(ref plan, row, 0);
            channel = BackwardRow<Simd128, Vector128<float>>(ref plan, row, channel);
            BackwardRow<SimdScalar, float>(ref plan, row, channel);
        }
    }

    // Whole vectors of channels from the given one on; returns the first channel that is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int BackwardRow<TOps, V>(ref PoolingPlan plan, int row, int firstChannel)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        int channels = plan.Geometry.Channels, channel = firstChannel;
        if (channel + TOps.Width > channels) return channel;
        float* dx = plan.DX + plan.Window(row, out int firstTap, out int endTap);
        float* dy = plan.DY + ((nint)row * plan.Columns.Outputs * channels);
        nint rowStep = (nint)plan.Rows.OffsetStep * plan.Geometry.Width * channels, step = (nint)plan.Columns.OffsetStep * channels;
        bool write = plan.Disjoint;
        for (int pixel = 0; pixel < plan.Columns.Outputs; pixel++, dy += channels)
        {
            plan.Columns.ValidTaps(pixel, out int first, out int end);
            float* corner = dx + ((nint)plan.Columns.Start(pixel) * channels) + (first * step);
            V count = TOps.Splat(Math.Max(0, end - first) * (endTap - firstTap));
            for (channel = firstChannel; channel + TOps.Width <= channels; channel += TOps.Width)
            {
                V share = TOps.Divide(TOps.Load(dy + channel), count);
                float* target = corner + channel;
                for (int t = firstTap; t < endTap; t++, target += rowStep)
                {
                    float* element = target;
                    for (int u = first; u < end; u++, element += step)
                        TOps.Store(element, write ? share : TOps.Add(TOps.Load(element), share));
                }
            }
        }

        return channel;
    }
}
