using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>
/// A convolution and the pooling of its result, a few images at a time: the pooling finds in the cache what the convolution
/// has just written. Where nothing else reads the result, it is written to the same small buffer over and over.
/// </summary>
internal unsafe struct PooledConvolutionParts
{
    // The result of a part should stay in the second-level cache, beside the filter and the input.
    private const int BytesPerPart = 256 << 10;

    // Enough parts for every thread, and for those that finish early.
    private const int FewestParts = 16;

    private DirectConvolution _convolution;
    private PoolingGeometry _pooling;
    private WorkerPool _pool;
    private float* _pooled;
    private bool _max;
    private int _imagesPerPart;

    /// <summary>Whether a result of the given shape is better pooled image by image.</summary>
    public static bool Pays(Shape result)
    {
        long imageBytes = (long)result.Size / Math.Max(1, result.Dims[0]) * sizeof(float);
        return result.Dims[0] >= FewestParts / 2 && imageBytes > 0 && imageBytes <= 2 * BytesPerPart;
    }

    /// <summary>Pools what <see cref="Convolution.Forward"/> would give.</summary>
    /// <param name="g">The sizes of the convolution.</param>
    /// <param name="pooling">The sizes of the pooling.</param>
    /// <param name="max">Whether it takes the maximum; otherwise the mean.</param>
    /// <param name="x">The input, <c>[N, H, W, C]</c>.</param>
    /// <param name="w">The filter, <c>[KH, KW, C / groups, OC]</c>.</param>
    /// <param name="y">The result of the convolution, or null if nobody needs it.</param>
    /// <param name="bias">One value per output channel, or null.</param>
    /// <param name="relu">Whether negative results become zero.</param>
    /// <param name="pooled">The result of the pooling.</param>
    /// <param name="pool">The threads.</param>
    public static void Run(
        in ConvolutionGeometry g, in PoolingGeometry pooling, bool max, float* x, float* w, float* y, float* bias, bool relu, float* pooled, WorkerPool pool)
    {
        switch (Convolution.Level(g, g.GroupOutputChannels))
        {
            case SimdLevel.Avx512: Run<Simd512, Vector512<float>>(g, pooling, max, x, w, y, bias, relu, pooled, pool); break;
            case SimdLevel.Avx2: Run<Simd256, Vector256<float>>(g, pooling, max, x, w, y, bias, relu, pooled, pool); break;
            default: Run<Simd128, Vector128<float>>(g, pooling, max, x, w, y, bias, relu, pooled, pool); break;
        }
    }

    private static void Run<TOps, V>(
        in ConvolutionGeometry g, in PoolingGeometry pooling, bool max, float* x, float* w, float* y, float* bias, bool relu, float* pooled, WorkerPool pool)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        DirectConvolution convolution = Convolution.Direct(g, x, y, relu, null);
        nint imageBytes = Math.Max(1, (nint)convolution.OutputRows * convolution.OutputColumns * g.OutputChannels * sizeof(float));
        if (Convolution.IsDepthwise(g) || FewChannelsConvolution.Pays(convolution, TOps.Width))
        {
            float* all = y is not null ? y : (float*)Scratch.Get(ScratchUse.ConvolutionResult, (nuint)(g.Batch * imageBytes));
            Convolution.Forward(g, x, w, all, bias, relu, null, pool);
            Pool(pooling, max, all, pooled, pool);
            return;
        }

        Convolution.Pack(ref convolution, g, w, bias, transposed: false, TOps.Width, pool);
        PooledConvolutionParts parts = new()
        {
            _convolution = convolution,
            _pooling = pooling,
            _pool = pool,
            _pooled = pooled,
            _max = max,
            _imagesPerPart = (int)Math.Clamp(BytesPerPart / imageBytes, 1, Math.Max(1, g.Batch / FewestParts)),
        };

        // This struct holds managed references, but lies on this stack and does not move while parts run.
        pool.Run((g.Batch + parts._imagesPerPart - 1) / parts._imagesPerPart, &RunPart<TOps, V>, Unsafe.AsPointer(ref parts));
    }

    private static void RunPart<TOps, V>(void* context, int part)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        ref PooledConvolutionParts parts = ref Unsafe.AsRef<PooledConvolutionParts>(context);
        DirectConvolution c = parts._convolution;
        int first = part * parts._imagesPerPart;
        c.Batch = Math.Min(parts._imagesPerPart, c.Batch - first);
        nint imageSize = (nint)c.OutputRows * c.OutputColumns * c.OutputChannels;
        c.X += (nint)first * c.Rows.InputSize * c.Columns.InputSize * c.Channels;
        c.Y = c.Y is not null ? c.Y + (first * imageSize)
            : (float*)Scratch.Get(ScratchUse.ConvolutionResult, (nuint)(parts._imagesPerPart * imageSize * sizeof(float)));

        // Inside a part, the pool runs parts one after the other on this thread.
        c.Run<TOps, V>(parts._pool);
        PoolingGeometry pooling = parts._pooling with { Batch = c.Batch };
        nint pooledSize = (nint)pooling.OutputHeight * pooling.OutputWidth * pooling.Channels;
        Pool(pooling, parts._max, c.Y, parts._pooled + (first * pooledSize), parts._pool);
    }

    private static void Pool(in PoolingGeometry pooling, bool max, float* y, float* pooled, WorkerPool pool)
    {
        if (max) MaxPooling.Forward(pooling, y, pooled, pool);
        else AveragePooling.Forward(pooling, y, pooled, pool);
    }
}
