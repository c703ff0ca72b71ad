using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>The loops over windows of one kind of pooling and of its gradient.</summary>
internal static unsafe class PoolingLoops<TPooling>
    where TPooling : IPooling
{
    /// <summary>Runs all parts of a pooling.</summary>
    public static void Forward(ref PoolingPlan plan, WorkerPool pool) => pool.Run(plan.Parts, Simd.Level switch
    {
        SimdLevel.Avx512 => &ForwardPart<Simd512, Vector512<float>>,
        SimdLevel.Avx2 => &ForwardPart<Simd256, Vector256<float>>,
        _ => &ForwardPart<Simd128, Vector128<float>>,
    }, Unsafe.AsPointer(ref plan));

    /// <summary>Runs all parts of a gradient.</summary>
    public static void Backward(ref PoolingPlan plan, WorkerPool pool)
    {
        PoolingGradient.ClearUnless(plan.Parts > 0, plan);
        pool.Run(plan.Parts, Simd.Level switch
        {
            SimdLevel.Avx512 => &BackwardPart<Simd512, Vector512<float>>,
            SimdLevel.Avx2 => &BackwardPart<Simd256, Vector256<float>>,
            _ => &BackwardPart<Simd128, Vector128<float>>,
        }, Unsafe.AsPointer(ref plan));
    }

    /// <summary>Runs all parts of a gradient on this thread.</summary>
    public static void Backward<TOps, V>(ref PoolingPlan plan)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        PoolingGradient.ClearUnless(plan.Parts > 0, plan);
        for (int part = 0; part < plan.Parts; part++) BackwardPart<TOps, V>(Unsafe.AsPointer(ref plan), part);
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
            if (endTap - firstTap == 2 && end - first == 2)
            {
                channel = ForwardOfFour<TOps, V>(corner, rowStep, step, y, count, firstChannel, channels);
                continue;
            }

            for (channel = firstChannel; channel + TOps.Width <= channels; channel += TOps.Width)
            {
                V result = TOps.Splat(TPooling.Start);
                float* source = corner + channel;
                for (int t = firstTap; t < endTap; t++, source += rowStep)
                {
                    float* element = source;
                    for (int u = first; u < end; u++, element += step) result = TPooling.Combine<TOps, V>(result, TOps.Load(element));
                }

                TOps.Store(y + channel, TPooling.Finish<TOps, V>(result, count));
            }
        }

        return channel;
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

        // In bytes from the gradients: fewer pointers to keep in registers, and none where the gradient does not read them.
        nint toInput = (nint)((byte*)plan.X - (byte*)plan.DX), toOutput = (nint)((byte*)plan.Y - (byte*)plan.DY);
        nint rowStep = (nint)plan.Rows.OffsetStep * plan.Geometry.Width * channels, step = (nint)plan.Columns.OffsetStep * channels;
        bool write = plan.Disjoint;
        for (int pixel = 0; pixel < plan.Columns.Outputs; pixel++, dy += channels)
        {
            plan.Columns.ValidTaps(pixel, out int first, out int end);
            float* corner = dx + ((nint)plan.Columns.Start(pixel) * channels) + (first * step);
            V count = TOps.Splat(Math.Max(0, end - first) * (endTap - firstTap));
            if (write && endTap - firstTap == 2 && end - first == 2)
            {
                channel = BackwardOfFour<TOps, V>(corner, rowStep, step, dy, count, toInput, toOutput, firstChannel, channels);
                continue;
            }

            for (channel = firstChannel; channel + TOps.Width <= channels; channel += TOps.Width)
            {
                V result = TPooling.GradientReadsInput ? TOps.Load((float*)((byte*)(dy + channel) + toOutput)) : default;
                V rest = TPooling.Finish<TOps, V>(TOps.Load(dy + channel), count);
                float* target = corner + channel;
                for (int t = firstTap; t < endTap; t++, target += rowStep)
                {
                    float* element = target;
                    for (int u = first; u < end; u++, element += step)
                    {
                        V share = TPooling.Share<TOps, V>((float*)((byte*)element + toInput), result, ref rest);
                        TOps.Store(element, write ? share : TOps.Add(TOps.Load(element), share));
                    }
                }
            }
        }

        return channel;
    }

    // Most windows have two rows of two. The elements combine in the order of the general loop.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ForwardOfFour<TOps, V>(float* x, nint rowStep, nint step, float* y, V count, int channel, int channels)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        float* below = x + rowStep;
        for (; channel + TOps.Width <= channels; channel += TOps.Width)
        {
            V result = TPooling.Combine<TOps, V>(TOps.Splat(TPooling.Start), TOps.Load(x + channel));
            result = TPooling.Combine<TOps, V>(result, TOps.Load(x + step + channel));
            result = TPooling.Combine<TOps, V>(result, TOps.Load(below + channel));
            result = TPooling.Combine<TOps, V>(result, TOps.Load(below + step + channel));
            TOps.Store(y + channel, TPooling.Finish<TOps, V>(result, count));
        }

        return channel;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int BackwardOfFour<TOps, V>(
        float* dx, nint rowStep, nint step, float* dy, V count, nint toInput, nint toOutput, int channel, int channels)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        for (; channel + TOps.Width <= channels; channel += TOps.Width)
        {
            V result = TPooling.GradientReadsInput ? TOps.Load((float*)((byte*)(dy + channel) + toOutput)) : default;
            V rest = TPooling.Finish<TOps, V>(TOps.Load(dy + channel), count);
            float* target = dx + channel, below = target + rowStep;
            TOps.Store(target, TPooling.Share<TOps, V>((float*)((byte*)target + toInput), result, ref rest));
            TOps.Store(target + step, TPooling.Share<TOps, V>((float*)((byte*)(target + step) + toInput), result, ref rest));
            TOps.Store(below, TPooling.Share<TOps, V>((float*)((byte*)below + toInput), result, ref rest));
            TOps.Store(below + step, TPooling.Share<TOps, V>((float*)((byte*)(below + step) + toInput), result, ref rest));
        }

        return channel;
    }
}
