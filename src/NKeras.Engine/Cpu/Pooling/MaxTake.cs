using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>The derivative of two-dimensional max pooling along a direction: its elements where the maxima were found.</summary>
/// <remarks>The transpose of <see cref="MaxPooling.Backward"/>, with the same choice among equal elements.</remarks>
internal static unsafe class MaxTake
{
    /// <summary>Runs all parts.</summary>
    /// <param name="geometry">The sizes.</param>
    /// <param name="g">The direction, shaped as the input of the pooling.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The output.</param>
    /// <param name="taken">The derivative, shaped as the output.</param>
    /// <param name="pool">The threads.</param>
    public static void Run(in PoolingGeometry geometry, float* g, float* x, float* y, float* taken, WorkerPool pool)
    {
        PoolingPlan plan = new(geometry, wholeImages: false) { X = x, Y = y, DX = g, DY = taken };
        pool.Run(plan.Parts, Simd.Level switch
        {
            SimdLevel.Avx512 => &Part<Simd512, Vector512<float>>,
            SimdLevel.Avx2 => &Part<Simd256, Vector256<float>>,
            _ => &Part<Simd128, Vector128<float>>,
        }, Unsafe.AsPointer(ref plan));
    }

    private static void Part<TOps, V>(void* context, int part)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        ref PoolingPlan plan = ref *(PoolingPlan*)context;
        for (int row = plan.Start(part); row < plan.End(part); row++)
        {
            int channel = Row<TOps, V>(ref plan, row, 0);
            channel = Row<Simd128, Vector128<float>>(ref plan, row, channel);
            Row<SimdScalar, float>(ref plan, row, channel);
        }
    }

    // Whole vectors of channels from the given one on; returns the first channel that is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Row<TOps, V>(ref PoolingPlan plan, int row, int firstChannel)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        int channels = plan.Geometry.Channels, channel = firstChannel;
        if (channel + TOps.Width > channels) return channel;
        nint window = plan.Window(row, out int firstTap, out int endTap), output = (nint)row * plan.Columns.Outputs * channels;
        nint rowStep = (nint)plan.Rows.OffsetStep * plan.Geometry.Width * channels, step = (nint)plan.Columns.OffsetStep * channels;
        for (int pixel = 0; pixel < plan.Columns.Outputs; pixel++, output += channels)
        {
            plan.Columns.ValidTaps(pixel, out int first, out int end);
            nint corner = window + ((nint)plan.Columns.Start(pixel) * channels) + (first * step);
            for (channel = firstChannel; channel + TOps.Width <= channels; channel += TOps.Width)
            {
                V result = TOps.Load(plan.Y + output + channel), taken = TOps.Splat(0);

                // Backwards, so that the first of equal elements has the last word.
                for (int t = endTap - firstTap - 1; t >= 0; t--)
                {
                    for (int u = end - first - 1; u >= 0; u--)
                    {
                        nint element = corner + (t * rowStep) + (u * step) + channel;
                        V x = TOps.Load(plan.X + element);
                        taken = TOps.Select(TOps.Or(TOps.Equal(x, result), TOps.IsNaN(x)), TOps.Load(plan.DX + element), taken);
                    }
                }

                TOps.Store(plan.DY + output + channel, taken);
            }
        }

        return channel;
    }
}
