using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The windows of a batch of images as columns (<c>keras.ops.unfold</c>).</summary>
    /// <param name="x">Images, [batch, channels, height, width].</param>
    /// <param name="kernelSize">The window's height and width; this and the following are one number for both, or two.</param>
    /// <param name="dilation">Elements from one tap of the window to the next.</param>
    /// <param name="padding">Zeros before and after each axis.</param>
    /// <param name="stride">Elements from one place of the window to the next.</param>
    /// <returns>[batch, channels · window, places].</returns>
    /// <exception cref="ArgumentException">The tensor has not four axes, or the window does not fit.</exception>
    public static Tensor Unfold(Tensor x, Ints kernelSize, Ints? dilation = null, Ints? padding = null, Ints? stride = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(kernelSize);
        if (x.Rank != 4) throw new ArgumentException($"Unfold takes images of shape (batch, channels, height, width), not {x.Shape}.", nameof(x));
        return OpDispatch.Call("Unfold", [x], t =>
        {
            int[] kernel = PerAxis("Unfold", "kernelSize", kernelSize, 2);
            int batch = t[0].Shape.Dims[0], channels = t[0].Shape.Dims[1];
            int rows = channels == Shape.Unknown ? Shape.Unknown : checked(channels * kernel[0] * kernel[1]);
            if (t[0].Shape.Dims[2..].Contains(Shape.Unknown)) return PrimitiveOps.Reshape(t[0], new Shape([batch, rows, Shape.Unknown]));
            (Tensor down, Tensor across, _) = Taps("Unfold", t[0].Shape.Dims[2..], kernel, dilation, padding, stride);
            int[] pad = PerAxis("Unfold", "padding", padding ?? 0, 2);
            Tensor padded = pad.All(p => p == 0) ? t[0]
                : new Pad([0, 0, .. pad], [0, 0, .. pad], [0, 0, 0, 0]).Apply(t[0], PrimitiveOps.ScalarLike(t[0], 0));

            // [batch, channels, tap, place, tap, place].
            Tensor windows = new Gather(4).Apply(new Gather(2).Apply(padded, down), across);
            int places = down.Shape.Dims[1] * across.Shape.Dims[1];
            return PrimitiveOps.Reshape(PrimitiveOps.Transpose(windows, 0, 1, 2, 4, 3, 5), new Shape([batch, rows, places]));
        }, ("kernel_size", kernelSize), ("dilation", dilation ?? 1), ("padding", padding ?? 0), ("stride", stride ?? 1));
    }

    /// <summary>Adds up windows, given as columns, to images: the transpose of <see cref="Unfold"/> (<c>keras.ops.fold</c>).</summary>
    /// <param name="x">[batch, channels · window, places].</param>
    /// <param name="outputSize">The images' height and width; this and the following are one number for both, or two.</param>
    /// <param name="kernelSize">The window's height and width.</param>
    /// <param name="dilation">Elements from one tap of the window to the next.</param>
    /// <param name="padding">How far windows reach over each edge, where they are dropped.</param>
    /// <param name="stride">Elements from one place of the window to the next.</param>
    /// <returns>[batch, channels, height, width].</returns>
    /// <exception cref="ArgumentException">The tensor has not three axes, or not as many rows and columns as windows have elements and places.</exception>
    public static Tensor Fold(Tensor x, Ints outputSize, Ints kernelSize, Ints? dilation = null, Ints? padding = null, Ints? stride = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(outputSize);
        ArgumentNullException.ThrowIfNull(kernelSize);
        if (x.Rank != 3) throw new ArgumentException($"Fold takes columns of shape (batch, channels · window, places), not {x.Shape}.", nameof(x));
        return OpDispatch.Call("Fold", [x], t =>
        {
            int[] size = PerAxis("Fold", "outputSize", outputSize, 2), kernel = PerAxis("Fold", "kernelSize", kernelSize, 2), pad = PerAxis("Fold", "padding", padding ?? 0, 2);
            (Tensor down, Tensor across, int[] padded) = Taps("Fold", size, kernel, dilation, padding, stride);
            int batch = t[0].Shape.Dims[0], rows = t[0].Shape.Dims[1], columns = t[0].Shape.Dims[2], places = down.Shape.Dims[1] * across.Shape.Dims[1];
            if (rows != Shape.Unknown && rows % (kernel[0] * kernel[1]) != 0)
                throw new ArgumentException($"Fold: axis 1 of shape {t[0].Shape} is no multiple of the {kernel[0] * kernel[1]} elements of a window ({kernel[0]}, {kernel[1]}).");
            if (columns != places && columns != Shape.Unknown)
                throw new ArgumentException($"Fold: an image of ({size[0]}, {size[1]}) has {places} places of the window, not {columns} (shape {t[0].Shape}).");
            int channels = rows == Shape.Unknown ? Shape.Unknown : rows / (kernel[0] * kernel[1]);
            Tensor windows = PrimitiveOps.Reshape(t[0], new Shape([batch, channels, kernel[0], kernel[1], down.Shape.Dims[1], across.Shape.Dims[1]]));
            Tensor wide = new ScatterAdd(4, padded[1]).Apply(across, PrimitiveOps.Transpose(windows, 0, 1, 2, 4, 3, 5));
            Tensor image = new ScatterAdd(2, padded[0]).Apply(down, wide);
            return pad.All(p => p == 0) ? image
                : new Slice([0, 0, .. pad], [batch, channels, pad[0] + size[0], pad[1] + size[1]], [1, 1, 1, 1]).Apply(image);
        }, ("output_size", outputSize), ("kernel_size", kernelSize), ("dilation", dilation ?? 1), ("padding", padding ?? 0), ("stride", stride ?? 1));
    }

    /// <summary>Moves channels into blocks of neighbouring places (<c>keras.ops.depth_to_space</c>).</summary>
    /// <param name="x">Images, [batch, height, width, channels], or [batch, channels, height, width] with <c>"channels_first"</c>.</param>
    /// <param name="blockSize">The height and width of a block, at least 2.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>.</param>
    /// <returns>Images blockSize times as high and wide, with one blockSize²-th of the channels.</returns>
    /// <exception cref="ArgumentException">The channels do not divide into blocks, or the tensor has not four axes.</exception>
    public static Tensor DepthToSpace(Tensor x, int blockSize, string dataFormat = "channels_last") => Blocks("DepthToSpace", x, blockSize, dataFormat, (t, first, b) =>
    {
        (int n, int c, int h, int w) = ImageDims(t, first);
        if (c != Shape.Unknown && c % (b * b) != 0) throw new ArgumentException($"DepthToSpace: {c} channels (shape {t.Shape}) are no multiple of the {b * b} places of a block.");
        int less = c == Shape.Unknown ? c : c / (b * b), high = Times(h, b), wide = Times(w, b);
        return first
            ? Rearranged(t, [n, less, b, b, h, w], [0, 1, 4, 2, 5, 3], [n, less, high, wide])
            : Rearranged(t, [n, h, w, b, b, less], [0, 1, 3, 2, 4, 5], [n, high, wide, less]);
    });

    /// <summary>Moves blocks of neighbouring places into channels: the inverse of <see cref="DepthToSpace"/> (<c>keras.ops.space_to_depth</c>).</summary>
    /// <param name="x">Images, [batch, height, width, channels], or [batch, channels, height, width] with <c>"channels_first"</c>.</param>
    /// <param name="blockSize">The height and width of a block, at least 2.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>.</param>
    /// <returns>Images of one blockSize-th of the height and width, with blockSize² times the channels.</returns>
    /// <exception cref="ArgumentException">Height or width do not divide into blocks, or the tensor has not four axes.</exception>
    public static Tensor SpaceToDepth(Tensor x, int blockSize, string dataFormat = "channels_last") => Blocks("SpaceToDepth", x, blockSize, dataFormat, (t, first, b) =>
    {
        (int n, int c, int h, int w) = ImageDims(t, first);
        if ((h != Shape.Unknown && h % b != 0) || (w != Shape.Unknown && w % b != 0)) throw new ArgumentException($"SpaceToDepth: height and width of shape {t.Shape} are no multiples of the block's {b}.");
        int more = Times(c, b * b), low = h == Shape.Unknown ? h : h / b, narrow = w == Shape.Unknown ? w : w / b;
        return first
            ? Rearranged(t, [n, c, low, b, narrow, b], [0, 1, 3, 5, 2, 4], [n, more, low, narrow])
            : Rearranged(t, [n, low, b, narrow, b, c], [0, 1, 3, 2, 4, 5], [n, low, narrow, more]);
    });

    private static Tensor Blocks(string name, Tensor x, int blockSize, string dataFormat, Func<Tensor, bool, int, Tensor> rearrange)
    {
        ArgumentNullException.ThrowIfNull(dataFormat);
        bool first = ChannelsFirst(dataFormat);
        if (blockSize is < 2 or > 1 << 15) throw new ArgumentException($"{name}: blockSize is at least 2, not {blockSize}.", nameof(blockSize));
        return OpDispatch.Call(name, [x], t => t[0].Rank == 4
            ? rearrange(t[0], first, blockSize)
            : throw new ArgumentException($"{name} takes images, which have four axes, not shape {t[0].Shape}."), ("block_size", blockSize), ("data_format", dataFormat));
    }

    private static (int Batch, int Channels, int Height, int Width) ImageDims(Tensor x, bool first) => first
        ? (x.Shape.Dims[0], x.Shape.Dims[1], x.Shape.Dims[2], x.Shape.Dims[3])
        : (x.Shape.Dims[0], x.Shape.Dims[3], x.Shape.Dims[1], x.Shape.Dims[2]);

    private static Tensor Rearranged(Tensor x, int[] split, int[] order, int[] joined) =>
        PrimitiveOps.Reshape(PrimitiveOps.Transpose(PrimitiveOps.Reshape(x, new Shape(split)), order), new Shape(joined));

    /// <summary>For each axis of an image the padded positions [tap, place] that a moving window meets, and the padded size.</summary>
    private static (Tensor Down, Tensor Across, int[] Padded) Taps(string name, ReadOnlySpan<int> size, int[] kernel, Ints? dilation, Ints? padding, Ints? stride)
    {
        int[] moves = PerAxis(name, "stride", stride ?? 1, 2), apart = PerAxis(name, "dilation", dilation ?? 1, 2), pad = PerAxis(name, "padding", padding ?? 0, 2);
        SlidingWindow window = new(new IntList(moves), new IntList(apart), new IntList(pad), new IntList(pad));
        int[] places = window.OutputDims(name, size, kernel);
        return (Axis(0), Axis(1), [size[0] + (2 * pad[0]), size[1] + (2 * pad[1])]);

        Tensor Axis(int a)
        {
            int[] positions = new int[kernel[a] * places[a]];
            for (int i = 0; i < positions.Length; i++) positions[i] = (i / places[a] * apart[a]) + (i % places[a] * moves[a]);
            return Tensor.From(positions, [kernel[a], places[a]]);
        }
    }
}
