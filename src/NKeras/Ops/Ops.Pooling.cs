using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
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
    /// <exception cref="ArgumentException">The window does not fit into the input, or sizes are given for another number of axes.</exception>
    public static Tensor AveragePool(Tensor inputs, Ints poolSize, Ints? strides = null, string padding = "valid", string? dataFormat = null) =>
        Pool("AveragePool", false, inputs, poolSize, strides, padding, dataFormat);

    /// <summary>The greatest element of each of a given number of parts of the spatial axes (<c>keras.ops.adaptive_max_pool</c>).</summary>
    /// <inheritdoc cref="AdaptiveAveragePool"/>
    public static Tensor AdaptiveMaxPool(Tensor inputs, Ints outputSize, string? dataFormat = null) =>
        AdaptivePool("AdaptiveMaxPool", true, inputs, outputSize, dataFormat);

    /// <summary>
    /// The mean of each of a given number of parts of the spatial axes (<c>keras.ops.adaptive_average_pool</c>). Part i of n of an
    /// axis goes from i / n of its length, rounded down, to (i + 1) / n, rounded up, so that parts may overlap.
    /// </summary>
    /// <param name="inputs">[batch, spatial…, channels], or [batch, channels, spatial…] with <c>"channels_first"</c>.</param>
    /// <param name="outputSize">The number of parts: one number per spatial axis, or one for all.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <exception cref="ArgumentException">There is no spatial axis, or an empty one, or a number is less than 1.</exception>
    public static Tensor AdaptiveAveragePool(Tensor inputs, Ints outputSize, string? dataFormat = null) =>
        AdaptivePool("AdaptiveAveragePool", false, inputs, outputSize, dataFormat);

    private static Tensor Pool(string name, bool max, Tensor inputs, Ints poolSize, Ints? strides, string padding, string? dataFormat)
    {
        ArgumentNullException.ThrowIfNull(poolSize);
        padding = Lower(padding);
        return OpDispatch.Call(name, [inputs], t =>
        {
            bool first = ChannelsFirst(dataFormat);
            if (t[0].Rank < 3) throw new ArgumentException($"{name}: an input of shape {t[0].Shape} has no spatial axis.");

            // float64 holds whole numbers, of which the greatest is a whole number again.
            bool whole = max && !t[0].DType.IsFloating;
            Tensor x = whole ? PrimitiveOps.Convert(t[0], DType.Float64) : Promotion.WithFloat(t[0]);
            if (first) x = ChannelsTo(x, last: true);
            int[] size = PerAxis(name, "poolSize", poolSize, x.Rank - 2);
            SlidingWindow window = Window(name, x.Shape.Dims[1..^1], size, strides ?? size, padding, null);
            Tensor y = new Pooling(max, window, new IntList(size)).Apply(x);
            if (whole) y = PrimitiveOps.Convert(y, t[0].DType);
            return first ? ChannelsTo(y, last: false) : y;
        }, ("pool_size", poolSize), ("strides", strides), ("padding", padding), ("data_format", dataFormat ?? Config.ImageDataFormat()));
    }

    private static Tensor AdaptivePool(string name, bool max, Tensor inputs, Ints outputSize, string? dataFormat)
    {
        ArgumentNullException.ThrowIfNull(outputSize);
        return OpDispatch.Call(name, [inputs], t =>
        {
            int spatial = t[0].Rank - 2, firstAxis = ChannelsFirst(dataFormat) ? 2 : 1;
            if (spatial < 1) throw new ArgumentException($"{name}: an input of shape {t[0].Shape} has no spatial axis.");
            int[] size = PerAxis(name, "outputSize", outputSize, spatial);
            if (size.Any(s => s < 1)) throw new ArgumentException($"{name}: outputSize is at least 1, not {outputSize}.", nameof(outputSize));

            // A mean over a box is that of means along one axis after the other, and so is a maximum.
            Tensor x = max ? t[0] : Promotion.ToFloating(t[0]);
            for (int i = 0; i < spatial; i++) x = PooledInParts(name, x, firstAxis + i, size[i], max);
            return x;
        }, ("output_size", outputSize), ("data_format", dataFormat ?? Config.ImageDataFormat()));
    }

    private static Tensor PooledInParts(string name, Tensor x, int axis, int parts, bool max)
    {
        int length = x.Shape.Dims[axis];
        if (length == 0) throw new ArgumentException($"{name}: spatial axis {axis} of shape {x.Shape} is empty.");
        if (length == Shape.Unknown) return new Gather(axis).Apply(x, Tensor.From(new int[parts]));
        int[] starts = [.. Enumerable.Range(0, parts).Select(i => (int)((long)i * length / parts))];
        int[] counts = [.. Enumerable.Range(0, parts).Select(i => (int)((((i + 1L) * length) + parts - 1) / parts) - starts[i])];
        int most = counts.Max();
        bool even = length % parts == 0;

        // Parts side by side are a reshape away; others are gathered, shorter ones filled up with their last element.
        Tensor windows = even
            ? PrimitiveOps.Reshape(x, new Shape([.. x.Shape.Dims[..axis], parts, most, .. x.Shape.Dims[(axis + 1)..]]))
            : new Gather(axis).Apply(x, Tensor.From([.. Enumerable.Range(0, parts * most).Select(i => starts[i / most] + Math.Min(i % most, counts[i / most] - 1))], [parts, most]));
        if (max) return ReduceOver(x.DType == DType.Bool ? ReductionKind.Any : ReductionKind.Max, windows, [axis + 1], keepdims: false);
        if (even) return MeanOf(windows, [axis + 1], keepdims: false);
        int behind = x.Rank - axis - 1;
        Tensor counted = Tensor.From([.. Enumerable.Range(0, parts * most).Select(i => i % most < counts[i / most])], [parts, most, .. Enumerable.Repeat(1, behind)]);
        Tensor sum = ReduceOver(ReductionKind.Sum, PrimitiveOps.Where(counted, windows, PrimitiveOps.ScalarLike(x, 0)), [axis + 1], keepdims: false);
        return PrimitiveOps.Divide(sum, PrimitiveOps.Convert(Tensor.From([.. counts], [parts, .. Enumerable.Repeat(1, behind)]), x.DType));
    }
}
