using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The transpose of a convolution, which makes inputs larger where that makes them smaller (<c>keras.ops.conv_transpose</c>).</summary>
    /// <param name="inputs">[batch, spatial…, channels], or [batch, channels, spatial…] with <c>"channels_first"</c>.</param>
    /// <param name="kernel">[window…, filters, channels].</param>
    /// <param name="strides">One number per spatial axis, or one for all; 1 if omitted.</param>
    /// <param name="padding"><c>"valid"</c> or <c>"same"</c>.</param>
    /// <param name="outputPadding">
    /// Elements added at the end of each spatial axis; if omitted, as many as give input · stride elements with "same", and at
    /// least stride per input with "valid".
    /// </param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="dilationRate">One number per spatial axis, or one for all; 1 if omitted.</param>
    /// <exception cref="ArgumentException">Shapes do not belong together, or nothing is left of an axis.</exception>
    public static Tensor ConvTranspose(
        Tensor inputs, Tensor kernel, Ints? strides = null, string padding = "valid", Ints? outputPadding = null, string? dataFormat = null, Ints? dilationRate = null)
    {
        padding = Lower(padding);
        return OpDispatch.Call("ConvTranspose", [inputs, kernel], t =>
        {
            int kernelChannels = KernelDim("ConvTranspose", t, -1), channels = Channels(t[0], dataFormat);
            if (channels != kernelChannels && channels != Shape.Unknown && kernelChannels != Shape.Unknown)
                throw new ArgumentException($"ConvTranspose: the input has {channels} channels, the kernel is for {kernelChannels} (shapes {t[0].Shape} and {t[1].Shape}).");
            (Tensor x, Tensor w, DType type) = Factors(t[0], t[1]);
            bool first = ChannelsFirst(dataFormat);
            if (first) x = ChannelsTo(x, last: true);
            Tensor y = PrimitiveOps.Convert(Transposed(x, w, strides, padding, outputPadding, dilationRate), type);
            return first ? ChannelsTo(y, last: false) : y;
        }, ("strides", strides ?? 1), ("padding", padding), ("output_padding", outputPadding), ("data_format", dataFormat ?? Config.ImageDataFormat()), ("dilation_rate", dilationRate ?? 1));
    }

    private static Tensor Transposed(Tensor x, Tensor w, Ints? strides, string padding, Ints? outputPadding, Ints? dilationRate)
    {
        int rank = w.Rank - 2;
        SlidingWindow moves = Window("ConvTranspose", x.Shape.Dims[1..^1], w.Shape.Dims[..^2], strides, padding, dilationRate);
        int[]? extra = outputPadding == null ? null : PerAxis("ConvTranspose", "outputPadding", outputPadding, rank);
        if (extra?.Any(e => e < 0) == true) throw new ArgumentException($"ConvTranspose: outputPadding is at least 0, not ({string.Join(", ", extra)}).", nameof(outputPadding));
        int[] before = new int[rank], after = new int[rank], dims = new int[rank], zeros = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            int length = x.Shape.Dims[i + 1], window = w.Shape.Dims[i];
            if (window == Shape.Unknown || length == Shape.Unknown)
            {
                // Only while shapes are being inferred.
                dims[i] = Shape.Unknown;
                continue;
            }

            int stride = moves.Strides[i], span = checked(((window - 1) * moves.Dilations[i]) + 1);
            (before[i], int end) = Crop(span, stride, padding, extra?[i]);
            long full = ((length - 1L) * stride) + span, wanted = full - before[i] - end;
            if (length == 0 || wanted < 1 || wanted > int.MaxValue)
                throw new ArgumentException($"ConvTranspose: of {length} elements along spatial axis {i} {wanted} would result (input of shape {x.Shape}, kernel of shape {w.Shape}).");

            // Places past the last window that a convolution would not reach are zeros behind its input.
            after[i] = Math.Max(0, end);
            zeros[i] = Math.Max(0, -end - (stride - 1));
            dims[i] = (int)wanted - zeros[i];
        }

        Tensor y = new ConvolutionBackwardInput(moves with { Before = new IntList(before), After = new IntList(after) }, 1, new IntList(dims)).Apply(x, w);
        return zeros.All(z => z == 0) ? y : new Pad(new IntList(new int[rank + 2]), [0, .. zeros, 0], new IntList(new int[rank + 2])).Apply(y, PrimitiveOps.ScalarLike(y, 0));
    }

    /// <summary>What is cut off the whole transposed convolution at both ends; less than zero where something is added.</summary>
    private static (int Start, int End) Crop(int span, int stride, string padding, int? extra)
    {
        if (padding == "valid") return (0, -(extra ?? (Math.Max(span, stride) - span)));

        // Keras's rule, in terms of a convolution over the input with stride - 1 zeros in between.
        int total = extra is { } given ? span + (span % 2) - 2 + given : stride + span - 2;
        int left = Math.Min((total / 2) + (total % 2), span - 1);
        return (span - 1 - left, span - 1 - (total - left));
    }
}
