using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Blurs images with a Gaussian; beyond the border is zero (<c>keras.ops.image.gaussian_blur</c>).</summary>
    /// <param name="images">An image or a batch of images.</param>
    /// <param name="kernelSize">Over how many columns and rows it reaches; (3, 3) if omitted.</param>
    /// <param name="sigma">Its standard deviation along the rows and the columns; (1, 1) if omitted.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <remarks>The type stays: integers are rounded, and kept in their range.</remarks>
    /// <exception cref="ArgumentException">It is no image, or the numbers are not two each.</exception>
    // Keras: documents (height, width) for both pairs, and takes them as (width, height).
    public static Tensor GaussianBlur(Tensor images, Ints? kernelSize = null, Floats? sigma = null, string? dataFormat = null)
    {
        Ints size = kernelSize ?? (3, 3);
        Floats deviation = sigma ?? [1.0, 1.0];
        return OpDispatch.Call("GaussianBlur", [images], t =>
        {
            Images.Check("GaussianBlur", t[0]);
            if (size.Count != 2 || size.Any(s => s < 1)) throw new ArgumentException($"GaussianBlur: kernelSize is two positive numbers, not {size}.", nameof(kernelSize));
            if (deviation.Count != 2 || deviation.Any(s => !(s > 0))) throw new ArgumentException($"GaussianBlur: sigma is two positive numbers, not {deviation}.", nameof(sigma));
            bool first = ChannelsFirst(dataFormat);
            if (!t[0].Shape.IsKnown) return t[0];
            return Images.AsBatch(t[0], first, x => Images.Back(
                Blur(PrimitiveOps.Convert(x, Images.ComputeType(x)), Gaussian(size[1], deviation[1]), Gaussian(size[0], deviation[0]), pad: true), x.DType));
        }, ("kernel_size", size), ("sigma", deviation), ("data_format", dataFormat ?? Config.ImageDataFormat()));
    }

    /// <summary>How fast a batch of images changes downwards and to the right, after Sobel (<c>keras.ops.image.sobel_edges</c>).</summary>
    /// <param name="images">A batch of images. Beyond its border the outermost elements go on.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <returns>The shape of <paramref name="images"/> with one more axis, for the two directions.</returns>
    /// <exception cref="ArgumentException">It is no batch of images.</exception>
    // Keras: beyond the border is zero on JAX and PyTorch, so that every border is an edge. This is what NumPy's backend does.
    public static Tensor SobelEdges(Tensor images, string? dataFormat = null) => OpDispatch.Call("SobelEdges", [images], t =>
    {
        Tensor x = t[0];
        if (x.Rank != 4) throw new ArgumentException($"SobelEdges takes a batch of images (rank 4), not a tensor of shape {x.Shape}.", nameof(images));
        (int h, int w) = Images.Axes(x, ChannelsFirst(dataFormat));
        Shape shape = new([.. x.Shape.Dims, 2]);
        if (!x.Shape.IsKnown || shape.Size == 0) return PrimitiveOps.Reshape(x, shape);
        Tensor values = PrimitiveOps.Convert(x, x.DType.IsFloating ? Images.ComputeType(x) : x.DType);
        foreach (int axis in new[] { h, w })
            values = new Concatenate(axis).Apply(Images.Cut(values, axis, 0, 1), values, Images.Cut(values, axis, values.Shape.Dims[axis] - 1, values.Shape.Dims[axis]));
        Tensor[] directions = [Slope(Smooth(values, w), h), Slope(Smooth(values, h), w)];
        return PrimitiveOps.Convert(new Concatenate(4).Apply([.. directions.Select(d => PrimitiveOps.Reshape(d, new Shape([.. x.Shape.Dims, 1])))]), x.DType);

        static Tensor Smooth(Tensor x, int axis) => Neighbour(x, axis, 0) + (Neighbour(x, axis, 1) * 2) + Neighbour(x, axis, 2);
        static Tensor Slope(Tensor x, int axis) => Neighbour(x, axis, 2) - Neighbour(x, axis, 0);
        static Tensor Neighbour(Tensor x, int axis, int at) => Images.Cut(x, axis, at, x.Shape.Dims[axis] - 2 + at);
    }, ("data_format", dataFormat ?? Config.ImageDataFormat()));

    /// <summary>How similar images look, from -1 to 1 for equal ones: the structural similarity of Wang et al., 2004 (<c>keras.ops.image.ssim</c>).</summary>
    /// <param name="image1">An image or a batch of images.</param>
    /// <param name="image2">What it is compared with, in the same shape.</param>
    /// <param name="maxVal">The greatest value an element can have.</param>
    /// <param name="filterSize">Over how many rows and columns local means go.</param>
    /// <param name="filterSigma">The standard deviation of the Gaussian they are weighed with.</param>
    /// <param name="k1">Keeps the comparison of means stable.</param>
    /// <param name="k2">Keeps the comparison of variances stable.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <returns>A number for each image.</returns>
    /// <exception cref="ArgumentException">They are no images, differ in shape, or are smaller than the filter.</exception>
    // Keras: cuts the similarity of integer images off to an integer, which leaves 0 for all but equal ones. Here it is floating point.
    public static Tensor Ssim(
        Tensor image1, Tensor image2, double maxVal = 1.0, int filterSize = 11, double filterSigma = 1.5, double k1 = 0.01, double k2 = 0.03, string? dataFormat = null) =>
        OpDispatch.Call("SSIM", [image1, image2], t =>
        {
            Images.Check("Ssim", t[0], nameof(image1));
            Images.Check("Ssim", t[1], nameof(image2));
            if (!t[0].Shape.IsCompatibleWith(t[1].Shape)) throw new ArgumentException($"Ssim takes images of one shape, not {t[0].Shape} and {t[1].Shape}.", nameof(image2));
            if (filterSize < 1 || !(filterSigma > 0)) throw new ArgumentOutOfRangeException(nameof(filterSize), $"Ssim: filterSize and filterSigma are positive, not {filterSize} and {filterSigma}.");
            bool first = ChannelsFirst(dataFormat);
            DType result = t[0].DType.IsFloating ? t[0].DType : Config.Floatx(), type = Images.ComputeType(t[0], t[1]);
            if (t.FirstOrDefault(x => !x.Shape.IsKnown) is { } unknown) return Images.Inferred(unknown, new Shape(t[0].Shape.Dims[..^3]), result);
            Tensor pair = new Concatenate(Images.ChannelAxis(t[0], first)).Apply(PrimitiveOps.Convert(t[0], type), PrimitiveOps.Convert(t[1], type));
            Tensor similarity = Images.AsBatch(pair, first, both =>
            {
                int channels = both.Shape.Dims[3] / 2;
                Tensor x = Images.Cut(both, 3, 0, channels), y = Images.Cut(both, 3, channels, 2 * channels);
                double[] kernel = Gaussian(filterSize, filterSigma);
                Tensor means = Blur(new Concatenate(3).Apply(x, y, x * x, y * y, x * y), kernel, kernel, pad: false);
                Tensor[] m = [.. Enumerable.Range(0, 5).Select(i => Images.Cut(means, 3, i * channels, (i + 1) * channels))];
                Tensor product = m[0] * m[1], squares = (m[0] * m[0]) + (m[1] * m[1]);
                double c1 = Math.Pow(k1 * maxVal, 2), c2 = Math.Pow(k2 * maxVal, 2);
                return ((product * 2.0) + c1) * (((m[4] - product) * 2.0) + c2) / ((squares + c1) * (m[2] + m[3] - squares + c2));
            });
            return PrimitiveOps.Convert(Mean(similarity, axis: [-3, -2, -1]), result);
        }, ("max_val", maxVal), ("filter_size", filterSize), ("filter_sigma", filterSigma), ("k1", k1), ("k2", k2), ("data_format", dataFormat ?? Config.ImageDataFormat()));

    /// <summary>Weights in the form of a bell that add up to one.</summary>
    private static double[] Gaussian(int size, double sigma)
    {
        double[] weights = [.. Enumerable.Range(0, size).Select(i => Math.Exp(-0.5 * Math.Pow((i - ((size - 1) / 2.0)) / sigma, 2)))];
        double sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    /// <summary>Weighs neighbours in a batch of images [batch, height, width, channels], along the columns and along the rows.</summary>
    private static Tensor Blur(Tensor images, double[] vertical, double[] horizontal, bool pad) =>
        Blur(images, PrimitiveOps.Convert(Tensor.From<double>(vertical), images.DType), PrimitiveOps.Convert(Tensor.From<double>(horizontal), images.DType), pad);

    /// <summary>The same with weights that may be computed.</summary>
    private static Tensor Blur(Tensor images, Tensor vertical, Tensor horizontal, bool pad)
    {
        int channels = images.Shape.Dims[3];
        return Along(Along(images, vertical, 1), horizontal, 2);

        Tensor Along(Tensor x, Tensor weights, int axis)
        {
            int[] before = [0, 0], after = [0, 0], dims = [1, 1, 1, 1];
            int length = dims[axis - 1] = weights.Shape.Dims[0];
            if (pad) (before[axis - 1], after[axis - 1]) = ((length - 1) / 2, length / 2);
            Tensor filter = PrimitiveOps.Reshape(weights, new Shape(dims));
            SlidingWindow window = new([1, 1], [1, 1], new IntList(before), new IntList(after));
            return new Convolution(window, channels).Apply(x, PrimitiveOps.BroadcastTo(filter, new Shape([.. dims[..3], channels])));
        }
    }
}
