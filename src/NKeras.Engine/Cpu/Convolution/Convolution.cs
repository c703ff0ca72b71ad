using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>Two-dimensional convolutions of 32-bit floats, channels last, and their gradients.</summary>
/// <remarks>
/// Nothing but the filter is copied. Results have the same bits for any number of threads, and a call allocates
/// nothing once scratch memory has grown. Padding contributes nothing, not even a NaN when the filter is not finite.
/// </remarks>
internal static unsafe class Convolution
{
    // A row of this many pixels fills register blocks well and still leaves rows enough to share between threads.
    private const int FlatRow = 512;

    /// <summary><c>y = x * w + bias</c>, rectified if asked for.</summary>
    /// <param name="g">The sizes.</param>
    /// <param name="x">The input, <c>[N, H, W, C]</c>.</param>
    /// <param name="w">The filter, <c>[KH, KW, C / groups, OC]</c>.</param>
    /// <param name="y">The output, <c>[N, OH, OW, OC]</c>.</param>
    /// <param name="bias">One value per output channel, or null.</param>
    /// <param name="relu">Whether negative results become zero; NaN stays.</param>
    /// <param name="epilogue">What to do with finished pixels, or null.</param>
    /// <param name="pool">The threads.</param>
    public static void Forward(
        in ConvolutionGeometry g, float* x, float* w, float* y, float* bias, bool relu, ConvolutionEpilogue? epilogue, WorkerPool pool)
    {
        switch (Level(g, g.GroupOutputChannels))
        {
            case SimdLevel.Avx512: Forward<Simd512, Vector512<float>>(g, x, w, y, bias, relu, epilogue, pool); break;
            case SimdLevel.Avx2: Forward<Simd256, Vector256<float>>(g, x, w, y, bias, relu, epilogue, pool); break;
            default: Forward<Simd128, Vector128<float>>(g, x, w, y, bias, relu, epilogue, pool); break;
        }
    }

    /// <summary>The gradient with respect to the input.</summary>
    /// <param name="g">The sizes of the forward pass.</param>
    /// <param name="dy">The gradient of the output, <c>[N, OH, OW, OC]</c>.</param>
    /// <param name="w">The filter, <c>[KH, KW, C / groups, OC]</c>.</param>
    /// <param name="dx">The gradient of the input, <c>[N, H, W, C]</c>.</param>
    /// <param name="pool">The threads.</param>
    public static void BackwardInput(in ConvolutionGeometry g, float* dy, float* w, float* dx, WorkerPool pool)
    {
        switch (Level(g, g.GroupChannels))
        {
            case SimdLevel.Avx512: BackwardInput<Simd512, Vector512<float>>(g, dy, w, dx, pool); break;
            case SimdLevel.Avx2: BackwardInput<Simd256, Vector256<float>>(g, dy, w, dx, pool); break;
            default: BackwardInput<Simd128, Vector128<float>>(g, dy, w, dx, pool); break;
        }
    }

    /// <summary>The gradient with respect to the filter.</summary>
    /// <param name="g">The sizes of the forward pass.</param>
    /// <param name="x">The input, <c>[N, H, W, C]</c>.</param>
    /// <param name="dy">The gradient of the output, <c>[N, OH, OW, OC]</c>.</param>
    /// <param name="dw">The gradient of the filter, <c>[KH, KW, C / groups, OC]</c>.</param>
    /// <param name="pool">The threads.</param>
    public static void BackwardFilter(in ConvolutionGeometry g, float* x, float* dy, float* dw, WorkerPool pool) =>
        BackwardFilter(g, x, dy, null, dw, pool);

    /// <summary>The gradient with respect to the filter, where that of the output comes out of a maximum pooling.</summary>
    /// <param name="g">The sizes of the forward pass; one group.</param>
    /// <param name="x">The input, <c>[N, H, W, C]</c>.</param>
    /// <param name="pooling">The backward pass of the pooling for the first image. Its result is stored nowhere.</param>
    /// <param name="dw">The gradient of the filter.</param>
    /// <param name="pool">The threads.</param>
    public static void BackwardFilter(in ConvolutionGeometry g, float* x, PoolingPlan pooling, float* dw, WorkerPool pool) =>
        BackwardFilter(g, x, null, &pooling, dw, pool);

    private static void BackwardFilter(in ConvolutionGeometry g, float* x, float* dy, PoolingPlan* pooling, float* dw, WorkerPool pool)
    {
        // With whole vectors of input channels, few output channels are no reason for narrow vectors: roles are exchanged.
        switch (Level(g, g.Channels % Vector512<float>.Count == 0 ? g.GroupChannels : g.GroupOutputChannels))
        {
            case SimdLevel.Avx512: BackwardFilter<Simd512, Vector512<float>>(g, x, dy, pooling, dw, pool); break;
            case SimdLevel.Avx2: BackwardFilter<Simd256, Vector256<float>>(g, x, dy, pooling, dw, pool); break;
            default: BackwardFilter<Simd128, Vector128<float>>(g, x, dy, pooling, dw, pool); break;
        }
    }

    /// <summary>The forward pass as <see cref="DirectConvolution"/> wants it, before the filter is packed.</summary>
    public static DirectConvolution Direct(in ConvolutionGeometry g, float* x, float* y, bool relu, ConvolutionEpilogue? epilogue)
    {
        AxisPlan rows = AxisPlan.Forward(g.Rows), columns = AxisPlan.Forward(g.Columns);
        return new DirectConvolution
        {
            X = x,
            Y = y,
            Rows = rows,
            Columns = columns,
            Batch = g.Batch,
            Channels = g.Channels,
            OutputRows = rows.Outputs,
            OutputColumns = columns.Outputs,
            OutputChannels = g.OutputChannels,
            Groups = g.Groups,
            Relu = relu,
            Epilogue = epilogue,
        };
    }

    /// <summary>The vector width for a convolution that has so many channels in a group to fill vectors with.</summary>
    /// <remarks>Of a wide vector with few channels most is padding, and some cores run narrower ones twice as fast.</remarks>
    public static SimdLevel Level(in ConvolutionGeometry g, int vectorChannels)
    {
        SimdLevel level = Simd.Level;
        if (IsDepthwise(g) || vectorChannels > 8) return level; // Depthwise, vectors run over all channels.

        // The filters of a single group can fill a vector together (see FewChannelsConvolution), those of several cannot.
        SimdLevel most = g.Groups > 1 && vectorChannels <= 4 ? SimdLevel.Vector128 : SimdLevel.Avx2;
        return level < most ? level : most;
    }

    /// <summary>Whether every channel has a filter of its own.</summary>
    public static bool IsDepthwise(in ConvolutionGeometry g) => g.Groups > 1 && g.Groups == g.Channels && g.Groups == g.OutputChannels;

    /// <summary>Brings the filter and the bias into the form that <see cref="DirectConvolution"/> reads, in scratch memory.</summary>
    public static void Pack(
        ref DirectConvolution c, in ConvolutionGeometry g, float* w, float* bias, bool transposed, int vectorWidth, WorkerPool pool)
    {
        int groupOutput = c.OutputChannels / g.Groups;
        FilterPanels panels = new(groupOutput, vectorWidth);
        nint size = (nint)c.Rows.Taps * c.Columns.Taps * c.Channels * panels.Padded;
        nint biasSize = bias is null ? 0 : (nint)g.Groups * panels.Padded;
        float* scratch = (float*)Scratch.Get(ScratchUse.ConvolutionFilter, (nuint)((size + biasSize) * sizeof(float)));
        if (bias is not null)
        {
            c.Bias = scratch + size;
            for (int group = 0; group < g.Groups; group++)
            {
                Span<float> padded = new(c.Bias + ((nint)group * panels.Padded), panels.Padded);
                new ReadOnlySpan<float>(bias + ((nint)group * groupOutput), groupOutput).CopyTo(padded);
                padded[groupOutput..].Clear();
            }
        }

        if (!transposed && g.Groups == 1 && panels.Count == 1 && panels.Padded == g.OutputChannels)
        {
            c.Filter = w; // It already looks like its only panel.
            return;
        }

        c.Filter = scratch;
        FilterPacking.Context packing = new()
        {
            Filter = w,
            Target = scratch,
            Rows = c.Rows,
            Columns = c.Columns,
            FilterWidth = g.FilterWidth,
            Groups = g.Groups,
            FilterIn = g.GroupChannels,
            FilterOut = g.GroupOutputChannels,
            Transposed = transposed,
            Panels = panels,
        };
        FilterPacking.Run(ref packing, pool);
    }

    private static void Forward<TOps, V>(
        in ConvolutionGeometry given, float* x, float* w, float* y, float* bias, bool relu, ConvolutionEpilogue? epilogue, WorkerPool pool)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        ConvolutionGeometry g = Flatten(given);
        AxisPlan rows = AxisPlan.Forward(g.Rows), columns = AxisPlan.Forward(g.Columns);
        if (IsDepthwise(g))
        {
            DepthwiseConvolution depthwise = new()
            {
                X = x,
                Y = y,
                Filter = w,
                Bias = bias,
                Rows = rows,
                Columns = columns,
                Batch = g.Batch,
                Channels = g.Channels,
                FilterWidth = g.FilterWidth,
                OutputRows = rows.Outputs,
                OutputColumns = columns.Outputs,
                Relu = relu,
                Epilogue = epilogue,
            };
            depthwise.Run<TOps, V>(pool);
            return;
        }

        DirectConvolution c = Direct(g, x, y, relu, epilogue);
        Run<TOps, V>(ref c, g, w, bias, transposed: false, pool);
    }

    private static void BackwardInput<TOps, V>(in ConvolutionGeometry given, float* dy, float* w, float* dx, WorkerPool pool)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        ConvolutionGeometry g = Flatten(given);
        for (int phase = 0; phase < g.StrideHeight * g.StrideWidth; phase++)
        {
            AxisPlan rows = AxisPlan.Backward(g.Rows, phase / g.StrideWidth);
            AxisPlan columns = AxisPlan.Backward(g.Columns, phase % g.StrideWidth);
            if (IsDepthwise(g))
            {
                DepthwiseConvolution depthwise = new()
                {
                    X = dy,
                    Y = dx,
                    Filter = w,
                    Rows = rows,
                    Columns = columns,
                    Batch = g.Batch,
                    Channels = g.Channels,
                    FilterWidth = g.FilterWidth,
                    OutputRows = g.Height,
                    OutputColumns = g.Width,
                };
                depthwise.Run<TOps, V>(pool);
                continue;
            }

            DirectConvolution c = new()
            {
                X = dy,
                Y = dx,
                Rows = rows,
                Columns = columns,
                Batch = g.Batch,
                Channels = g.OutputChannels,
                OutputRows = g.Height,
                OutputColumns = g.Width,
                OutputChannels = g.Channels,
                Groups = g.Groups,
            };
            Run<TOps, V>(ref c, g, w, null, transposed: true, pool);
        }
    }

    private static void BackwardFilter<TOps, V>(in ConvolutionGeometry given, float* x, float* dy, PoolingPlan* pooling, float* dw, WorkerPool pool)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        ConvolutionGeometry g = pooling is null ? Flatten(given) : given; // What is pooled comes image by image.
        if (IsDepthwise(g)) DepthwiseFilterGradient.Run<TOps, V>(g, x, dy, dw, pool);
        else FilterGradient.Run<TOps, V>(g, x, dy, pooling, dw, pool);
    }

    // A convolution that looks at single pixels does not care about the shape of the image: long rows suit it best.
    private static ConvolutionGeometry Flatten(in ConvolutionGeometry g)
    {
        bool pointwise = g.FilterHeight == 1 && g.FilterWidth == 1 && g.StrideHeight == 1 && g.StrideWidth == 1
            && g.PadTop == 0 && g.PadBottom == 0 && g.PadLeft == 0 && g.PadRight == 0;
        if (!pointwise) return g;
        int rows = g.Batch * g.Height, together = Math.Clamp(FlatRow / Math.Max(1, g.Width), 1, Math.Max(1, rows));
        while (rows % together != 0) together--;
        return g with { Batch = 1, Height = rows / together, Width = g.Width * together };
    }

    private static void Run<TOps, V>(
        ref DirectConvolution c, in ConvolutionGeometry g, float* w, float* bias, bool transposed, WorkerPool pool)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        if (FewChannelsConvolution.Pays(c, TOps.Width))
        {
            c.Bias = bias;
            FewChannelsConvolution.Run<TOps, V>(c, w, g.FilterWidth, transposed, pool);
            return;
        }

        Pack(ref c, g, w, bias, transposed, TOps.Width, pool);
        c.Run<TOps, V>(pool);
    }
}
