using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Two-dimensional average pooling of 32-bit floats, channels last, and its gradient.</summary>
/// <remarks>
/// Vectors run over channels. Padding is not counted. Results have the same bits for any number of threads.
/// </remarks>
internal readonly unsafe struct AveragePooling : IPooling
{
    /// <inheritdoc/>
    public static float Start => 0;

    /// <inheritdoc/>
    public static bool GradientReadsInput => false;

    /// <summary>The mean of the elements under each window.</summary>
    public static void Forward(in PoolingGeometry g, float* x, float* y, WorkerPool pool)
    {
        PoolingPlan plan = new(g, wholeImages: false) { X = x, Y = y };
        PoolingLoops<AveragePooling>.Forward(ref plan, pool);
    }

    /// <summary>The gradient: every element under a window gets an equal share of that of the output.</summary>
    public static void Backward(in PoolingGeometry g, float* dy, float* dx, WorkerPool pool)
    {
        PoolingPlan plan = new(g, wholeImages: true) { DY = dy, DX = dx };
        PoolingLoops<AveragePooling>.Backward(ref plan, pool);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<TOps, V>(V result, V element)
        where TOps : ISimdArithmetic<V>
        where V : struct => TOps.Add(result, element);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Finish<TOps, V>(V value, V count)
        where TOps : ISimdArithmetic<V>
        where V : struct => TOps.Divide(value, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Share<TOps, V>(float* element, V result, ref V rest)
        where TOps : ISimdArithmetic<V>
        where V : struct => rest;
}
