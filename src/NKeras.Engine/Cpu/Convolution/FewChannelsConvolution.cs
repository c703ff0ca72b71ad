using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>
/// A convolution that writes so few channels that vectors of them would be mostly padding. It first multiplies each
/// input pixel by the filters of all taps, which together fill vectors, and then adds each product to the output
/// pixel that the tap belongs to.
/// </summary>
internal unsafe struct FewChannelsConvolution
{
    // Adding a product in the second step takes about as long as two vector multiply-adds of the first.
    private const int AddCost = 2;

    private DirectConvolution _c;
    private FilterPanels _panels;
    private int _products;

    /// <summary>Whether this way is clearly faster than the direct one.</summary>
    public static bool Pays(in DirectConvolution c, int vectorWidth)
    {
        if (c.Groups != 1) return false;
        int taps = c.Rows.Taps * c.Columns.Taps, products = taps * c.OutputChannels;
        int direct = taps * c.Channels * ((c.OutputChannels + vectorWidth - 1) / vectorWidth) / (c.Rows.Stride * c.Columns.Stride);
        int here = (c.Channels * ((products + vectorWidth - 1) / vectorWidth)) + (AddCost * products);
        return here * 3 < direct * 2;
    }

    /// <summary>Convolves.</summary>
    /// <param name="c">The operands; the filter is taken from <paramref name="w"/>.</param>
    /// <param name="w">The filter, <c>[KH, KW, C, OC]</c>.</param>
    /// <param name="filterWidth">Its width.</param>
    /// <param name="transposed">Whether the filter's input channels are those that are written.</param>
    /// <param name="pool">The threads.</param>
    public static void Run<TOps, V>(in DirectConvolution c, float* w, int filterWidth, bool transposed, WorkerPool pool)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        FewChannelsConvolution few = new()
        {
            _c = c,
            _products = c.Rows.Taps * c.Columns.Taps * c.OutputChannels,
        };
        few._panels = new FilterPanels(few._products, TOps.Width);
        nuint bytes = (nuint)((nint)c.Channels * few._panels.Padded * sizeof(float));
        few._c.Filter = (float*)Scratch.Get(ScratchUse.ConvolutionFilter, bytes);
        few.Pack(w, filterWidth, transposed);

        // This struct holds a managed reference, but lies on this stack and does not move while parts run.
        pool.Run(c.Batch, &RunImage<TOps, V>, Unsafe.AsPointer(ref few));
    }

    // To [panel][input channel][tap and output channel].
    private readonly void Pack(float* w, int filterWidth, bool transposed)
    {
        int outputs = _c.OutputChannels, channels = _c.Channels;
        new Span<float>(_c.Filter, channels * _panels.Padded).Clear();
        for (int product = 0; product < _products; product++)
        {
            (int tap, int output) = Math.DivRem(product, outputs);
            (int t, int u) = Math.DivRem(tap, _c.Columns.Taps);
            nint filterTap = ((nint)(_c.Rows.FirstTap + (t * _c.Rows.TapStep)) * filterWidth) + _c.Columns.FirstTap + (u * _c.Columns.TapStep);
            float* source = w + (filterTap * channels * outputs) + (transposed ? (nint)output * channels : output);
            nint sourceStep = transposed ? 1 : outputs;
            int panel = product / _panels.Width(0), start = _panels.Start(panel), width = _panels.Width(panel);
            float* target = _c.Filter + ((nint)start * channels) + (product - start);
            for (int channel = 0; channel < channels; channel++) target[(nint)channel * width] = source[channel * sourceStep];
        }
    }

    private static void RunImage<TOps, V>(void* context, int image)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        ref FewChannelsConvolution few = ref Unsafe.AsRef<FewChannelsConvolution>(context);
        ref DirectConvolution c = ref few._c;
        int outputs = c.OutputChannels;
        float* y = c.Y + ((nint)image * c.OutputRows * c.OutputColumns * outputs);
        float* products = (float*)Scratch.Get(
            ScratchUse.ConvolutionTile, (nuint)((nint)c.Columns.InputSize * few._panels.Padded * sizeof(float)));
        for (int o = 0; o < c.Rows.Outputs; o++)
        {
            for (int p = 0; p < c.Columns.Outputs; p++)
            {
                float* pixel = few.Pixel(y, o, p);
                for (int j = 0; j < outputs; j++) pixel[j] = c.Bias is null ? 0 : c.Bias[j];
            }
        }

        for (int row = 0; row < c.Rows.InputSize; row++)
        {
            few.Multiply<TOps, V>(c.X + ((((nint)image * c.Rows.InputSize) + row) * c.Columns.InputSize * c.Channels), products);
            for (int t = 0; t < c.Rows.Taps; t++)
            {
                (int o, int rest) = Math.DivRem(row - c.Rows.Offset - (t * c.Rows.OffsetStep), c.Rows.Stride);
                if (rest == 0 && (uint)o < (uint)c.Rows.Outputs) few.Add(products, y, o, t);
            }
        }

        few.Finish(y, image);
    }

    private readonly float* Pixel(float* y, int o, int p)
    {
        nint row = _c.Rows.OutputStart + ((nint)o * _c.Rows.OutputStep);
        return y + (((row * _c.OutputColumns) + _c.Columns.OutputStart + ((nint)p * _c.Columns.OutputStep)) * _c.OutputChannels);
    }

    private readonly void Multiply<TOps, V>(float* x, float* products)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        float* zeros = stackalloc float[2 * TOps.Width];
        new Span<float>(zeros, 2 * TOps.Width).Clear();
        BlockArguments a = default;
        a.XRowStride = _c.Channels;
        a.OuterCount = a.MiddleCount = 1;
        a.InnerCount = _c.Channels;
        a.XInnerStep = 1;
        a.Init = zeros;
        a.YStride = _panels.Padded;
        a.Floor = float.NegativeInfinity;
        for (int panel = 0; panel < _panels.Count; panel++)
        {
            int start = _panels.Start(panel), width = _panels.Width(panel);
            int vectors = width / TOps.Width;
            int maxRows = RegisterBlock.RowsOf(vectors, TOps.Width);
            a.WInnerStep = width;
            a.W = _c.Filter + ((nint)start * _c.Channels);
            for (int pixel = 0, count; pixel < _c.Columns.InputSize; pixel += count)
            {
                count = Math.Min(maxRows, _c.Columns.InputSize - pixel);
                a.X = x + ((nint)pixel * _c.Channels);
                a.Y = products + ((nint)pixel * _panels.Padded) + start;
                RegisterBlock.Run<TOps, V>(vectors, count, &a);
            }
        }
    }

    private readonly void Add(float* products, float* y, int o, int t)
    {
        int outputs = _c.OutputChannels;
        nint step = (nint)_c.Columns.Stride * _panels.Padded, yStep = (nint)_c.Columns.OutputStep * outputs;
        for (int u = 0; u < _c.Columns.Taps; u++)
        {
            _c.Columns.ValidOutputs(u, out int first, out int end);
            float* target = Pixel(y, o, first);
            float* source = products + ((_c.Columns.Start(first) + ((nint)u * _c.Columns.OffsetStep)) * _panels.Padded)
                + (((t * _c.Columns.Taps) + u) * outputs);
            for (int p = first; p < end; p++, target += yStep, source += step)
            {
                for (int j = 0; j < outputs; j++) target[j] += source[j];
            }
        }
    }

    private readonly void Finish(float* y, int image)
    {
        if (_c.Relu)
        {
            for (nint i = 0; i < (nint)_c.OutputRows * _c.OutputColumns * _c.OutputChannels; i++) y[i] = y[i] < 0 ? 0 : y[i];
        }

        if (_c.Epilogue is null) return;
        int pixels = _c.OutputRows * _c.OutputColumns; // Only forward passes have epilogues, and they write every pixel.
        for (int p = 0; p < pixels; p++)
            _c.Epilogue.Apply(y + ((nint)p * _c.OutputChannels), ((nint)image * pixels) + p, 0, _c.OutputChannels);
    }
}
