using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Convolution over one or more spatial axes (<c>keras.ops.conv</c>).</summary>
    /// <param name="inputs">[batch, spatial…, channels], or [batch, channels, spatial…] with <c>"channels_first"</c>.</param>
    /// <param name="kernel">[window…, channels / groups, filters].</param>
    /// <param name="strides">One number per spatial axis, or one for all; 1 if omitted.</param>
    /// <param name="padding"><c>"valid"</c> or <c>"same"</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="dilationRate">One number per spatial axis, or one for all; 1 if omitted.</param>
    /// <remarks>The number of groups is that of the input's channels over the kernel's.</remarks>
    public static Tensor Conv(Tensor inputs, Tensor kernel, Ints? strides = null, string padding = "valid", string? dataFormat = null, Ints? dilationRate = null) =>
        OpDispatch.Call("Conv", [inputs, kernel], t =>
        {
            (Tensor x, Tensor w) = Promotion.Unify(t[0], t[1]);
            bool first = ChannelsFirst(dataFormat);
            if (first) x = ChannelsTo(x, last: true);
            int spatial = w.Rank - 2;
            if (spatial < 1 || x.Rank != w.Rank)
                throw new ArgumentException($"Conv: inputs of shape {t[0].Shape} and a kernel of shape {t[1].Shape} differ in rank, or have no spatial axis.");
            SlidingWindow window = Window("Conv", x.Shape.Dims[1..^1], w.Shape.Dims[..^2], strides, padding, dilationRate);
            int channels = x.Shape.Dims[^1], perGroup = w.Shape.Dims[^2];
            if (channels == Shape.Unknown || perGroup == 0 || channels % perGroup != 0)
                throw new ArgumentException($"Conv: the input has {x.Shape[-1]?.ToString() ?? "an unknown number of"} channels, which is no multiple of the kernel's {perGroup} (kernel shape {w.Shape}).");
            Tensor y = new Convolution(window, channels / perGroup).Apply(x, w);
            return first ? ChannelsTo(y, last: false) : y;
        }, ("strides", strides ?? 1), ("padding", padding), ("data_format", dataFormat ?? Config.ImageDataFormat()), ("dilation_rate", dilationRate ?? 1));

    /// <summary>The greatest element under a moving window (<c>keras.ops.max_pool</c>).</summary>
    /// <inheritdoc cref="AveragePool"/>
    public static Tensor MaxPool(Tensor inputs, Ints poolSize, Ints? strides = null, string padding = "valid", string? dataFormat = null) =>
        Pool("MaxPool", true, inputs, poolSize, strides, padding, dataFormat);

    /// <summary>The mean of the elements under a moving window; padding does not count (<c>keras.ops.average_pool</c>).</summary>
    /// <param name="inputs">[batch, spatial…, channels], or [batch, channels, spatial…] with <c>"channels_first"</c>.</param>
    /// <param name="poolSize">The window: one number per spatial axis, or one for all.</param>
    /// <param name="strides">The window's steps; its size if omitted.</param>
    /// <param name="padding"><c>"valid"</c> or <c>"same"</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    public static Tensor AveragePool(Tensor inputs, Ints poolSize, Ints? strides = null, string padding = "valid", string? dataFormat = null) =>
        Pool("AveragePool", false, inputs, poolSize, strides, padding, dataFormat);

    private static Tensor Pool(string name, bool max, Tensor inputs, Ints poolSize, Ints? strides, string padding, string? dataFormat) =>
        OpDispatch.Call(name, [inputs], t =>
        {
            bool first = ChannelsFirst(dataFormat);
            Tensor x = Promotion.ToFloating(t[0]);
            if (first) x = ChannelsTo(x, last: true);
            int[] size = PerAxis(name, "poolSize", poolSize, x.Rank - 2);
            SlidingWindow window = Window(name, x.Shape.Dims[1..^1], size, strides ?? size, padding, null);
            Tensor y = new Pooling(max, window, new IntList(size)).Apply(x);
            return first ? ChannelsTo(y, last: false) : y;
        }, ("pool_size", poolSize), ("strides", strides), ("padding", padding), ("data_format", dataFormat ?? Config.ImageDataFormat()));

    private static SlidingWindow Window(string name, ReadOnlySpan<int> input, ReadOnlySpan<int> window, IReadOnlyList<int>? strides, string padding, IReadOnlyList<int>? dilations)
    {
        int rank = input.Length;
        int[] stride = PerAxis(name, "strides", strides ?? [1], rank), dilation = PerAxis(name, "dilationRate", dilations ?? [1], rank);
        if (stride.Any(s => s < 1) || dilation.Any(d => d < 1)) throw new ArgumentException($"{name}: strides ({string.Join(", ", stride)}) and dilations ({string.Join(", ", dilation)}) are at least 1.");
        int[] before = new int[rank], after = new int[rank];
        if (padding == "same")
        {
            for (int i = 0; i < rank; i++)
            {
                // TensorFlow's rule: as many places as input / stride rounded up, the odd element of padding at the end.
                long span = ((window[i] - 1L) * dilation[i]) + 1;
                long length = input[i] == Shape.Unknown ? stride[i] : input[i];
                long places = (length + stride[i] - 1) / stride[i];
                long total = Math.Max(0, ((places - 1) * stride[i]) + span - length);
                if (length + total > int.MaxValue) throw new ArgumentException($"{name}: a window of {span} elements needs more padding than a tensor can have.");
                before[i] = (int)(total / 2);
                after[i] = (int)(total - (total / 2));
            }
        }
        else if (padding != "valid")
        {
            throw new ArgumentException($"{name}: unknown padding '{padding}'. {Suggestion.For(padding, ["valid", "same"])}", nameof(padding));
        }

        return new SlidingWindow(new IntList(stride), new IntList(dilation), new IntList(before), new IntList(after));
    }

    private static int[] PerAxis(string name, string argument, IReadOnlyList<int> given, int rank) =>
        given.Count == rank ? [.. given]
        : given.Count == 1 && rank > 0 ? [.. Enumerable.Repeat(given[0], rank)]
        : throw new ArgumentException($"{name}: {argument} has {given.Count} numbers for {rank} spatial axes.", argument);

    private static bool ChannelsFirst(string? dataFormat) => (dataFormat ?? Config.ImageDataFormat()) switch
    {
        "channels_last" => false,
        "channels_first" => true,
        _ => throw new ArgumentException($"Unknown data format '{dataFormat}'. {Suggestion.For(dataFormat!, ["channels_last", "channels_first"])}", nameof(dataFormat)),
    };

    /// <summary>Moves the channels of an image behind its spatial axes, or back in front of them.</summary>
    private static Tensor ChannelsTo(Tensor x, bool last)
    {
        int rank = x.Rank;
        return PrimitiveOps.Transpose(x, last ? [0, .. Enumerable.Range(2, rank - 2), 1] : [0, rank - 1, .. Enumerable.Range(1, rank - 2)]);
    }
}
