using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The patches of images or volumes, each as the channels of one place (<c>keras.ops.image.extract_patches</c>).</summary>
    /// <param name="images">An image, a volume, or a batch of such.</param>
    /// <param name="size">The size of a patch: one number for both sides, (height, width), or (depth, height, width) for volumes.</param>
    /// <param name="strides">From one patch to the next; <paramref name="size"/> if omitted.</param>
    /// <param name="dilationRate">From one element of a patch to the next; 1 if omitted.</param>
    /// <param name="padding"><c>"valid"</c>, or <c>"same"</c>: zeros around complete the patches at the border.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <returns>[batch, rows, columns, patch height · patch width · channels], or the channels first.</returns>
    /// <exception cref="ArgumentException">The rank or the sizes do not fit.</exception>
    public static Tensor ExtractPatches(Tensor images, Ints size, Ints? strides = null, Ints? dilationRate = null, string padding = "valid", string? dataFormat = null)
    {
        ArgumentNullException.ThrowIfNull(size);
        if (!size.IsNumber && size.Count is not (2 or 3)) throw new ArgumentException($"ExtractPatches: size is a number, a pair or a triple, not {size}.", nameof(size));
        Ints patch = size.IsNumber ? (size[0], size[0]) : size;
        return Patches(images, patch, strides ?? patch, dilationRate, padding, dataFormat);
    }

    /// <summary>The patches of volumes: <see cref="ExtractPatches"/> with one number for all three sides (<c>keras.ops.image.extract_patches_3d</c>).</summary>
    /// <param name="volumes">A volume or a batch of volumes.</param>
    /// <param name="size">The size of a patch: one number, or (depth, height, width).</param>
    /// <param name="strides">From one patch to the next; <paramref name="size"/> if omitted.</param>
    /// <param name="dilationRate">From one element of a patch to the next; 1 if omitted.</param>
    /// <param name="padding"><c>"valid"</c>, or <c>"same"</c>: zeros around complete the patches at the border.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <returns>[batch, depth, rows, columns, elements of a patch · channels], or the channels first.</returns>
    /// <exception cref="ArgumentException">The rank or the sizes do not fit.</exception>
    public static Tensor ExtractPatches3d(Tensor volumes, Ints size, Ints? strides = null, Ints? dilationRate = null, string padding = "valid", string? dataFormat = null)
    {
        ArgumentNullException.ThrowIfNull(size);
        if (!size.IsNumber && size.Count != 3) throw new ArgumentException($"ExtractPatches3d: size is a number or a triple, not {size}.", nameof(size));
        Ints patch = size.IsNumber ? (size[0], size[0], size[0]) : size;
        return Patches(volumes, patch, strides ?? patch, dilationRate, padding, dataFormat);
    }

    /// <summary>Images or volumes from patches that do not overlap: the reverse of <see cref="ExtractPatches"/> (<c>keras.ops.image.reconstruct_patches</c>).</summary>
    /// <param name="patches">What <see cref="ExtractPatches"/> gave.</param>
    /// <param name="size">The size of a patch: one number for both sides, (height, width), or (depth, height, width) for volumes.</param>
    /// <param name="outputSize">The size of the result: (height, width), or (depth, height, width). With padding it may be less than the patches cover.</param>
    /// <param name="strides">The same as <paramref name="size"/>, or omitted.</param>
    /// <param name="padding">What the patches were extracted with: <c>"valid"</c> or <c>"same"</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <exception cref="ArgumentException">The rank or the sizes do not fit, or the patches overlap.</exception>
    public static Tensor ReconstructPatches(Tensor patches, Ints size, Ints outputSize, Ints? strides = null, string padding = "valid", string? dataFormat = null)
    {
        ArgumentNullException.ThrowIfNull(size);
        ArgumentNullException.ThrowIfNull(outputSize);
        if (!size.IsNumber && size.Count is not (2 or 3)) throw new ArgumentException($"ReconstructPatches: size is a number, a pair or a triple, not {size}.", nameof(size));
        int[] patch = size.IsNumber ? [size[0], size[0]] : [.. size];
        int spatial = patch.Length;
        if (patch.Any(p => p < 1)) throw new ArgumentException($"ReconstructPatches: size {size} is not positive.", nameof(size));
        if (outputSize.IsNumber || outputSize.Count != spatial) throw new ArgumentException($"ReconstructPatches: outputSize has {spatial} numbers, as size has, not {outputSize}.", nameof(outputSize));
        if (padding is not ("valid" or "same")) throw UnknownName("ReconstructPatches", nameof(padding), padding, ["valid", "same"]);
        int[] steps = strides == null ? patch : PerAxis("ReconstructPatches", nameof(strides), strides, spatial);
        if (!steps.SequenceEqual(patch)) throw new ArgumentException($"ReconstructPatches: patches that overlap cannot be put together: the strides {strides} differ from the size {size}.", nameof(strides));
        return OpDispatch.Call("ReconstructPatches", [patches], t => OnVolumes("ReconstructPatches", t[0], spatial, ChannelsFirst(dataFormat), x =>
        {
            int[] grid = x.Shape.Dims[1..^1].ToArray();
            int volume = patch.Aggregate(1, (a, b) => a * b), batch = x.Shape.Dims[0], flat = x.Shape.Dims[^1];
            if (flat != Shape.Unknown && flat % volume != 0) throw new ArgumentException($"ReconstructPatches: {flat} channels are no multiple of the {volume} elements of a patch of size {size} (patches of shape {t[0].Shape}).", nameof(patches));
            int channels = flat == Shape.Unknown ? flat : flat / volume;
            for (int i = 0; i < spatial; i++)
            {
                int covered = grid[i] * patch[i];
                if (grid[i] != Shape.Unknown && (padding == "valid" ? covered != outputSize[i] : outputSize[i] > covered || outputSize[i] <= covered - patch[i]))
                    throw new ArgumentException($"ReconstructPatches: {grid[i]} patches of {patch[i]} elements do not give {outputSize[i]} with padding '{padding}' (axis {i} of outputSize {outputSize}; patches of shape {t[0].Shape}).", nameof(outputSize));
            }

            Shape target = new([batch, .. outputSize, channels]);
            if (!x.Shape.IsKnown) return PrimitiveOps.Reshape(x, target);
            // [batch, grid…, patch…, channels] to [batch, grid and patch of each axis…, channels].
            Tensor apart = PrimitiveOps.Reshape(x, new Shape([batch, .. grid, .. patch, channels]));
            int[] order = [0, .. Enumerable.Range(0, spatial).SelectMany(i => new[] { 1 + i, 1 + spatial + i }), 1 + (2 * spatial)];
            Tensor whole = PrimitiveOps.Reshape(PrimitiveOps.Transpose(apart, order), new Shape([batch, .. grid.Zip(patch, (g, p) => g * p), channels]));
            for (int i = 0; i < spatial; i++)
            {
                int start = ((grid[i] * patch[i]) - outputSize[i]) / 2;
                whole = Images.Cut(whole, 1 + i, start, start + outputSize[i]);
            }

            return whole;
        }), ("size", new Shape(patch)), ("output_size", outputSize), ("strides", new Shape(steps)), ("padding", padding), ("data_format", dataFormat ?? Config.ImageDataFormat()));
    }

    private static Tensor Patches(Tensor images, Ints size, Ints strides, Ints? dilationRate, string padding, string? dataFormat) =>
        OpDispatch.Call("ExtractPatches", [images], t => OnVolumes("ExtractPatches", t[0], size.Count, ChannelsFirst(dataFormat), x =>
        {
            int spatial = size.Count;
            if (size.Any(s => s < 1)) throw new ArgumentException($"ExtractPatches: size {size} is not positive.", nameof(size));
            SlidingWindow window = Window("ExtractPatches", x.Shape.Dims[1..^1], [.. size], strides, padding, dilationRate);
            int[] grid = window.OutputDims("ExtractPatches", x.Shape.Dims[1..^1], [.. size]);
            int volume = size.Aggregate(1, (a, b) => checked(a * b)), batch = x.Shape.Dims[0], channels = x.Shape.Dims[^1];
            Shape target = new([batch, .. grid, channels == Shape.Unknown ? channels : checked(volume * channels)]);
            if (!x.Shape.IsKnown) return PrimitiveOps.Reshape(x, target);

            Tensor padded = window.Before.Concat(window.After).All(p => p == 0) ? x : Images.Pad(x, [0, .. window.Before, 0], [0, .. window.After, 0]);
            // Each axis becomes two: the patches, and the elements of a patch.
            for (int i = 0; i < spatial; i++) padded = Windows(padded, 1 + (2 * i), grid[i], size[i], window.Strides[i], window.Dilations[i]);
            int[] order = [0, .. Enumerable.Range(0, spatial).Select(i => 1 + (2 * i)), .. Enumerable.Range(0, spatial).Select(i => 2 + (2 * i)), 1 + (2 * spatial)];
            return PrimitiveOps.Reshape(PrimitiveOps.Transpose(padded, order), target);
        }), ("size", size), ("strides", strides), ("dilation_rate", dilationRate ?? 1), ("padding", padding), ("data_format", dataFormat ?? Config.ImageDataFormat()));

    /// <summary>Splits an axis in two: windows, and the elements of each.</summary>
    private static Tensor Windows(Tensor x, int axis, int count, int size, int stride, int dilation)
    {
        if (stride == size && dilation == 1)
        {
            Tensor covered = Images.Cut(x, axis, 0, count * size);
            return PrimitiveOps.Reshape(covered, new Shape([.. x.Shape.Dims[..axis], count, size, .. x.Shape.Dims[(axis + 1)..]]));
        }

        int[] places = [.. Enumerable.Range(0, count * size).Select(i => (i / size * stride) + (i % size * dilation))];
        return new Gather(axis).Apply(x, Tensor.From(places, new Shape([count, size])));
    }

    /// <summary>Applies a function of [batch, spatial…, channels] to a tensor in any layout, with or without a batch.</summary>
    private static Tensor OnVolumes(string name, Tensor x, int spatial, bool channelsFirst, Func<Tensor, Tensor> function)
    {
        bool single = x.Rank == spatial + 1;
        if (!single && x.Rank != spatial + 2)
            throw new ArgumentException($"{name} over {spatial} axes takes tensors of rank {spatial + 1}, or batches of them of rank {spatial + 2}, not of shape {x.Shape}.");
        Tensor batch = single ? PrimitiveOps.Reshape(x, new Shape([1, .. x.Shape.Dims])) : x;
        Tensor result = function(channelsFirst ? ChannelsTo(batch, last: true) : batch);
        if (channelsFirst) result = ChannelsTo(result, last: false);
        return single ? PrimitiveOps.Reshape(result, new Shape(result.Shape.Dims[1..])) : result;
    }
}
