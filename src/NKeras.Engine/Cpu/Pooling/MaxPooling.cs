using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Two-dimensional max pooling of 32-bit floats, channels last, and its gradient.</summary>
/// <remarks>
/// Vectors run over channels. Padding is never chosen; NaN wins over every number. Results have the same bits for any
/// number of threads.
/// </remarks>
internal readonly unsafe struct MaxPooling : IPooling
{
    /// <inheritdoc/>
    public static float Start => float.NegativeInfinity;

    /// <inheritdoc/>
    public static bool GradientReadsInput => true;

    /// <summary>The largest element under each window.</summary>
    public static void Forward(in PoolingGeometry g, float* x, float* y, WorkerPool pool)
    {
        PoolingPlan plan = new(g, wholeImages: false) { X = x, Y = y };
        PoolingLoops<MaxPooling>.Forward(ref plan, pool);
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
        PoolingLoops<MaxPooling>.Backward(ref plan, pool);
    }

    /// <summary>The gradient of one image, on this thread.</summary>
    /// <param name="plan">What is to be done for the first image.</param>
    /// <param name="image">The number of the image.</param>
    /// <param name="dx">Where its gradient goes.</param>
    public static void BackwardOfImage<TOps, V>(PoolingPlan plan, int image, float* dx)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        PoolingGeometry g = plan.Geometry;
        nint input = (nint)image * g.Height * g.Width * g.Channels, output = (nint)image * g.OutputHeight * g.OutputWidth * g.Channels;
        plan.X += input;
        plan.Y += output;
        plan.DY += output;
        plan.DX = dx;
        PoolingLoops<MaxPooling>.Backward<TOps, V>(ref plan);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<TOps, V>(V result, V element)
        where TOps : ISimdArithmetic<V>
        where V : struct => TOps.Maximum(result, element);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Finish<TOps, V>(V value, V count)
        where TOps : ISimdArithmetic<V>
        where V : struct => value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Share<TOps, V>(float* element, V result, ref V rest)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        V x = TOps.Load(element);
        V share = TOps.Select(TOps.Or(TOps.Equal(x, result), TOps.IsNaN(x)), rest, TOps.Splat(0));
        rest = TOps.Xor(rest, share); // Without what has found its place.
        return share;
    }
}
