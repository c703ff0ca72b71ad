using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Convolution over one or more spatial axes (<c>keras.ops.conv</c>).</summary>
    /// <param name="inputs">[batch, spatial…, channels], or [batch, channels, spatial…] with <c>"channels_first"</c>.</param>
    /// <param name="kernel">[window…, channels / groups, filters].</param>
    /// <param name="strides">One number per spatial axis, or one for all; 1 if omitted.</param>
    /// <param name="padding"><c>"valid"</c>, <c>"same"</c>, or, over one spatial axis, <c>"causal"</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="dilationRate">One number per spatial axis, or one for all; 1 if omitted.</param>
    /// <remarks>The number of groups is that of the input's channels over the kernel's.</remarks>
    /// <exception cref="ArgumentException">Shapes do not belong together, or the window does not fit into the input.</exception>
    public static Tensor Conv(Tensor inputs, Tensor kernel, Ints? strides = null, string padding = "valid", string? dataFormat = null, Ints? dilationRate = null)
    {
        padding = Lower(padding);
        return OpDispatch.Call("Conv", [inputs, kernel], t =>
        {
            int perGroup = KernelDim("Conv", t, -2), channels = Channels(t[0], dataFormat);
            if (channels != Shape.Unknown && perGroup != Shape.Unknown && (perGroup == 0 || channels % perGroup != 0))
                throw new ArgumentException($"Conv: the input has {channels} channels, which is no multiple of the kernel's {perGroup} (shapes {t[0].Shape} and {t[1].Shape}).");

            // While shapes are being inferred the channels may be unknown; the groups change no shape.
            return Convolved("Conv", t[0], t[1], channels == Shape.Unknown || perGroup == Shape.Unknown ? 1 : channels / perGroup, strides, padding, dataFormat, dilationRate);
        }, ("strides", strides ?? 1), ("padding", padding), ("data_format", dataFormat ?? Config.ImageDataFormat()), ("dilation_rate", dilationRate ?? 1));
    }

    /// <summary>Convolution of each channel with filters of its own (<c>keras.ops.depthwise_conv</c>).</summary>
    /// <param name="inputs">[batch, spatial…, channels], or [batch, channels, spatial…] with <c>"channels_first"</c>.</param>
    /// <param name="kernel">[window…, channels, filters per channel]; the result has channels · filters per channel.</param>
    /// <param name="strides">One number per spatial axis, or one for all; 1 if omitted.</param>
    /// <param name="padding"><c>"valid"</c>, <c>"same"</c>, or, over one spatial axis, <c>"causal"</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="dilationRate">One number per spatial axis, or one for all; 1 if omitted.</param>
    /// <exception cref="ArgumentException">Shapes do not belong together, or the window does not fit into the input.</exception>
    public static Tensor DepthwiseConv(Tensor inputs, Tensor kernel, Ints? strides = null, string padding = "valid", string? dataFormat = null, Ints? dilationRate = null)
    {
        padding = Lower(padding);
        return OpDispatch.Call(
            "DepthwiseConv",
            [inputs, kernel],
            t => Depthwise("DepthwiseConv", t[0], t[1], strides, padding, dataFormat, dilationRate),
            ("strides", strides ?? 1),
            ("padding", padding),
            ("data_format", dataFormat ?? Config.ImageDataFormat()),
            ("dilation_rate", dilationRate ?? 1));
    }

    /// <summary>A <see cref="DepthwiseConv"/>, whose channels a second kernel mixes at each place (<c>keras.ops.separable_conv</c>).</summary>
    /// <param name="inputs">[batch, spatial…, channels], or [batch, channels, spatial…] with <c>"channels_first"</c>.</param>
    /// <param name="depthwiseKernel">[window…, channels, filters per channel].</param>
    /// <param name="pointwiseKernel">[1…, channels · filters per channel, filters].</param>
    /// <param name="strides">One number per spatial axis, or one for all; 1 if omitted.</param>
    /// <param name="padding"><c>"valid"</c>, <c>"same"</c>, or, over one spatial axis, <c>"causal"</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="dilationRate">One number per spatial axis, or one for all; 1 if omitted.</param>
    /// <exception cref="ArgumentException">Shapes do not belong together, or the window does not fit into the input.</exception>
    public static Tensor SeparableConv(
        Tensor inputs, Tensor depthwiseKernel, Tensor pointwiseKernel, Ints? strides = null, string padding = "valid", string? dataFormat = null, Ints? dilationRate = null)
    {
        padding = Lower(padding);
        return OpDispatch.Call(
            "SeparableConv",
            [inputs, depthwiseKernel, pointwiseKernel],
            t =>
            {
                Tensor[] unified = Promotion.UnifyAll(t);
                return Conv(Depthwise("SeparableConv", unified[0], unified[1], strides, padding, dataFormat, dilationRate), unified[2], dataFormat: dataFormat);
            },
            ("strides", strides ?? 1),
            ("padding", padding),
            ("data_format", dataFormat ?? Config.ImageDataFormat()),
            ("dilation_rate", dilationRate ?? 1));
    }

    private static Tensor Depthwise(string name, Tensor inputs, Tensor kernel, Ints? strides, string padding, string? dataFormat, Ints? dilationRate)
    {
        int perChannel = KernelDim(name, [inputs, kernel], -1), kernelChannels = kernel.Shape.Dims[^2], channels = Channels(inputs, dataFormat);
        if (channels != kernelChannels && channels != Shape.Unknown && kernelChannels != Shape.Unknown)
            throw new ArgumentException($"{name}: the input has {channels} channels, the kernel is for {kernelChannels} (shapes {inputs.Shape} and {kernel.Shape}).");
        bool known = kernelChannels != Shape.Unknown && perChannel != Shape.Unknown;
        Tensor grouped = PrimitiveOps.Reshape(kernel, new Shape([.. kernel.Shape.Dims[..^2], 1, known ? kernelChannels * perChannel : Shape.Unknown]));
        return known && channels != Shape.Unknown
            ? Convolved(name, inputs, grouped, channels, strides, padding, dataFormat, dilationRate)
            : Convolved(name, OneChannel(inputs, dataFormat), grouped, 1, strides, padding, dataFormat, dilationRate);
    }

    /// <summary>What has the shape of the input with one channel, while shapes are being inferred.</summary>
    private static Tensor OneChannel(Tensor inputs, string? dataFormat) =>
        PrimitiveOps.Reshape(inputs, inputs.Shape.With(ChannelsFirst(dataFormat) ? 1 : inputs.Rank - 1, 1));

    private static Tensor Convolved(string name, Tensor inputs, Tensor kernel, int groups, Ints? strides, string padding, string? dataFormat, Ints? dilationRate)
    {
        (Tensor x, Tensor w, DType type) = Factors(inputs, kernel);
        bool first = ChannelsFirst(dataFormat);
        if (first) x = ChannelsTo(x, last: true);
        // While shapes are being inferred the window may be unknown; the places of a padded one do not depend on its size.
        if (padding != "valid" && !w.Shape.IsKnown) w = PrimitiveOps.Reshape(w, new Shape([.. w.Shape.Dims[..^2].ToArray().Select(d => d == Shape.Unknown ? 1 : d), .. w.Shape.Dims[^2..]]));
        SlidingWindow window = Window(name, x.Shape.Dims[1..^1], w.Shape.Dims[..^2], strides, padding, dilationRate, causal: true);

        // With filters of its own a channel is repeated for each of them: there are fast kernels for one filter per channel.
        int filters = w.Shape.Dims[^1];
        if (groups > 1 && groups == x.Shape.Dims[^1] && filters > groups)
        {
            x = Repeat(x, filters / groups, x.Rank - 1);
            groups = filters;
        }

        Tensor y = PrimitiveOps.Convert(Correlated(x, w, window, groups), type);
        return first ? ChannelsTo(y, last: false) : y;
    }

    /// <summary>Both factors in floating point, and the type of the result: whole numbers are multiplied as float64, which holds them.</summary>
    private static (Tensor X, Tensor W, DType Type) Factors(Tensor x, Tensor w)
    {
        (Tensor a, Tensor b) = Promotion.Unify(x, w);
        return a.DType.IsFloating ? (a, b, a.DType) : (PrimitiveOps.Convert(a, DType.Float64), PrimitiveOps.Convert(b, DType.Float64), a.DType);
    }

    /// <summary>A dimension of the kernel, whose rank must be that of the input, with a spatial axis at least.</summary>
    private static int KernelDim(string name, IReadOnlyList<Tensor> t, int axis)
    {
        int rank = t[1].Rank;
        if (rank < 3 || t[0].Rank != rank) throw new ArgumentException($"{name}: inputs of shape {t[0].Shape} and a kernel of shape {t[1].Shape} differ in rank, or have no spatial axis.");
        return t[1].Shape.Dims[rank + axis];
    }

    private static int Channels(Tensor inputs, string? dataFormat) => inputs.Shape.Dims[ChannelsFirst(dataFormat) ? 1 : inputs.Rank - 1];

    private static string Lower(string padding)
    {
        ArgumentNullException.ThrowIfNull(padding);
        return padding.ToLowerInvariant();
    }
}
