using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The elements of an array at places between them (<c>keras.ops.image.map_coordinates</c>).</summary>
    /// <param name="inputs">The array, of any rank.</param>
    /// <param name="coordinates">[rank of the array, …]: for each axis where to look. The result has the shape of what follows the first axis.</param>
    /// <param name="order">0 for the nearest element, 1 for linear interpolation.</param>
    /// <param name="fillMode">
    /// What is beyond the border: <c>"constant"</c> (<paramref name="fillValue"/>), <c>"nearest"</c> (a a | a b c | c c), <c>"wrap"</c> (b c | a b c | a b),
    /// <c>"mirror"</c> (c b | a b c | b a) or <c>"reflect"</c> (b a | a b c | c b).
    /// </param>
    /// <param name="fillValue">The number beyond the border, where it is constant.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or an argument is unknown.</exception>
    public static Tensor MapCoordinates(Tensor inputs, Tensor coordinates, int order, string fillMode = "constant", double fillValue = 0) =>
        OpDispatch.Call("MapCoordinates", [inputs, coordinates], t =>
        {
            (Tensor x, Tensor places) = (t[0], t[1]);
            if (places.Rank < 2 || x.Rank == 0 || (places.Shape[0] is { } axes && axes != x.Rank))
                throw new ArgumentException($"MapCoordinates takes coordinates of shape ({x.Rank}, …) for an array of shape {x.Shape} (its rank is that of the array, and at least 2), not {places.Shape}.", nameof(coordinates));
            if (order is not (0 or 1)) throw new ArgumentOutOfRangeException(nameof(order), $"MapCoordinates: order is 0 or 1, not {order}.");
            Sampling.CheckFillMode("MapCoordinates", fillMode);
            Shape shape = new(places.Shape.Dims[1..]);
            if (!x.Shape.IsKnown || !places.Shape.IsKnown) return Images.Inferred(x.Shape.IsKnown ? places : x, shape, x.DType);

            DType type = Images.ComputeType(x, places);
            Tensor numbers = PrimitiveOps.Convert(places, type);
            Tensor values = PrimitiveOps.Reshape(order == 0 ? x : PrimitiveOps.Convert(x, type), new Shape([x.Shape.Size]));
            Tensor[] byAxis = [.. Enumerable.Range(0, x.Rank).Select(i => PrimitiveOps.Reshape(Images.Cut(numbers, 0, i, i + 1), shape))];
            return Sampling.Rounded(new Sampling(order, fillMode, fillValue).For(x.DType).Apply(values, byAxis, x.Shape.Dims.ToArray()), x.DType);
        }, ("order", order), ("fill_mode", fillMode), ("fill_value", fillValue));

    /// <summary>Moves, turns, scales and shears images (<c>keras.ops.image.affine_transform</c>).</summary>
    /// <param name="images">An image or a batch of images.</param>
    /// <param name="transform">
    /// Eight numbers a0, a1, a2, b0, b1, b2, c0, c1, or such a row for each image: what the result has at (x, y) is at
    /// ((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k) in the image, where k = c0 x + c1 y + 1.
    /// </param>
    /// <param name="interpolation"><c>"bilinear"</c> or <c>"nearest"</c>.</param>
    /// <param name="fillMode">What is beyond the border: <c>"constant"</c>, <c>"nearest"</c>, <c>"wrap"</c>, <c>"mirror"</c> or <c>"reflect"</c>.</param>
    /// <param name="fillValue">The number beyond the border, where it is constant.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or an argument is unknown.</exception>
    // Keras: c0 and c1 mean that on TensorFlow only. Other backends are documented to ignore them (they shear across channels).
    public static Tensor AffineTransform(Tensor images, Tensor transform, string interpolation = "bilinear", string fillMode = "constant", double fillValue = 0, string? dataFormat = null) =>
        OpDispatch.Call("AffineTransform", [images, transform], t =>
        {
            Images.Check("AffineTransform", t[0]);
            if (t[1].Rank is not (1 or 2) || t[1].Shape[-1] is { } and not 8)
                throw new ArgumentException($"AffineTransform takes a transform of 8 numbers, or such a row for each image, not of shape {t[1].Shape}.", nameof(transform));
            Sampling sampling = Sampling.Of("AffineTransform", interpolation, fillMode, fillValue);
            bool first = ChannelsFirst(dataFormat);
            if (!t[0].Shape.IsKnown || !t[1].Shape.IsKnown) return Images.Inferred(t[0].Shape.IsKnown ? t[1] : t[0], t[0].Shape, t[0].DType);
            return Images.AsBatch(t[0], first, x => Project("AffineTransform", x, t[1].Rank == 1 ? PrimitiveOps.Reshape(t[1], new Shape([1, 8])) : t[1], sampling));
        }, ("interpolation", interpolation), ("fill_mode", fillMode), ("fill_value", fillValue), ("data_format", dataFormat ?? Config.ImageDataFormat()));

    /// <summary>Distorts images so that four points come to lie on four others (<c>keras.ops.image.perspective_transform</c>).</summary>
    /// <param name="images">An image or a batch of images.</param>
    /// <param name="startPoints">Four points (x, y) in the image, or such for each image: [4, 2] or [batch, 4, 2].</param>
    /// <param name="endPoints">Where they are in the result, in the same shape.</param>
    /// <param name="interpolation"><c>"bilinear"</c> or <c>"nearest"</c>.</param>
    /// <param name="fillValue">The number beyond the border.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or an argument is unknown.</exception>
    public static Tensor PerspectiveTransform(Tensor images, Tensor startPoints, Tensor endPoints, string interpolation = "bilinear", double fillValue = 0, string? dataFormat = null) =>
        OpDispatch.Call("PerspectiveTransform", [images, startPoints, endPoints], t =>
        {
            Images.Check("PerspectiveTransform", t[0]);
            if (t[1].Rank is not (2 or 3) || !new Shape([4, 2]).IsCompatibleWith(new Shape(t[1].Shape.Dims[^2..])) || !t[1].Shape.IsCompatibleWith(t[2].Shape))
                throw new ArgumentException($"PerspectiveTransform takes start and end points of one shape, (4, 2) or (batch, 4, 2), not {t[1].Shape} and {t[2].Shape}.", nameof(startPoints));
            Sampling sampling = Sampling.Of("PerspectiveTransform", interpolation, "constant", fillValue);
            bool first = ChannelsFirst(dataFormat);
            if (t.FirstOrDefault(x => !x.Shape.IsKnown) is { } unknown) return Images.Inferred(unknown, t[0].Shape, t[0].DType);
            return Images.AsBatch(t[0], first, x => Project("PerspectiveTransform", x, Homography(t[1], t[2]), sampling));
        }, ("interpolation", interpolation), ("fill_value", fillValue), ("data_format", dataFormat ?? Config.ImageDataFormat()));

    /// <summary>Distorts images like rubber: every place moves by a smooth random field (<c>keras.ops.image.elastic_transform</c>).</summary>
    /// <param name="images">An image or a batch of images.</param>
    /// <param name="alpha">How far places move.</param>
    /// <param name="sigma">How smooth the field is: the standard deviation of the Gaussian that it is blurred with.</param>
    /// <param name="interpolation"><c>"bilinear"</c> or <c>"nearest"</c>.</param>
    /// <param name="fillMode">What is beyond the border: <c>"constant"</c>, <c>"nearest"</c>, <c>"wrap"</c>, <c>"mirror"</c> or <c>"reflect"</c>.</param>
    /// <param name="fillValue">The number beyond the border, where it is constant.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <exception cref="ArgumentException">It is no image, or an argument is unknown or out of range.</exception>
    public static Tensor ElasticTransform(
        Tensor images, double alpha = 20.0, double sigma = 5.0, string interpolation = "bilinear", string fillMode = "reflect", double fillValue = 0.0, RandomSeed? seed = null, string? dataFormat = null) =>
        OpDispatch.Call("ElasticTransform", [images], t =>
        {
            Images.Check("ElasticTransform", t[0]);
            Sampling sampling = Sampling.Of("ElasticTransform", interpolation, fillMode, fillValue);
            if (!(sigma > 0)) throw new ArgumentOutOfRangeException(nameof(sigma), $"ElasticTransform: sigma is greater than 0, not {sigma}.");
            bool first = ChannelsFirst(dataFormat);
            if (!t[0].Shape.IsKnown) return t[0];
            // Both directions from one draw: a number as seed gives the same at every one.
            return Images.AsBatch(t[0], first, x => Shifted(
                x, SmoothField(RandomOps.Normal(new Shape([.. x.Shape.Dims[..3], 2]), dtype: Images.ComputeType(x), seed: seed), alpha, sigma, sigma), sampling));
        }, ("alpha", alpha), ("sigma", sigma), ("interpolation", interpolation), ("fill_mode", fillMode), ("fill_value", fillValue), ("seed", seed?.Number), ("data_format", dataFormat ?? Config.ImageDataFormat()));

    /// <summary>A random field that is smooth: how far each place of images moves down and to the right.</summary>
    /// <param name="noise">Normal numbers, [batch, height, width, 2].</param>
    /// <param name="alpha">How far places move.</param>
    /// <param name="sigma">How smooth the field is: the standard deviation of the Gaussian that it is blurred with.</param>
    /// <param name="mostSigma">The most that <paramref name="sigma"/> can be, which tells how far the Gaussian reaches.</param>
    internal static Tensor SmoothField(Tensor noise, Tensor alpha, Tensor sigma, double mostSigma)
    {
        if (!noise.Shape.IsKnown) return noise;
        int size = checked((int)(6 * mostSigma)) | 1;
        Tensor width = Maximum(Promotion.As(sigma, noise.DType), 1e-6);
        Tensor weights = Exp(Square((Images.Count(noise.DType, 1, 0, size) - ((size - 1) / 2.0)) / width) * -0.5);
        Tensor kernel = weights / Sum(weights);
        return Blur(noise * width, kernel, kernel, pad: true) * Promotion.As(alpha, noise.DType);
    }

    /// <summary>Looks up, for each place of images, what is as far away as a field says.</summary>
    /// <param name="images">A batch of images.</param>
    /// <param name="shifts">How far down and to the right, [batch, height, width, 2].</param>
    /// <param name="interpolation"><c>"bilinear"</c> or <c>"nearest"</c>.</param>
    /// <param name="fillMode">What is beyond the border.</param>
    /// <param name="fillValue">The number beyond the border, where it is constant.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>.</param>
    internal static Tensor ShiftPlaces(Tensor images, Tensor shifts, string interpolation, string fillMode, double fillValue, string dataFormat)
    {
        Sampling sampling = Sampling.Of("ElasticTransform", interpolation, fillMode, fillValue);
        return images.Shape.IsKnown ? Images.AsBatch(images, ChannelsFirst(dataFormat), x => Shifted(x, shifts, sampling)) : images;
    }

    private static Tensor Shifted(Tensor x, Tensor shifts, Sampling sampling)
    {
        Shape field = new(x.Shape.Dims[..3]);
        return sampling.Apply(x, Images.Count(shifts.DType, 3, 1, field.Dims[1]) + Shift(0), Images.Count(shifts.DType, 3, 2, field.Dims[2]) + Shift(1));

        Tensor Shift(int direction) => PrimitiveOps.Reshape(Images.Cut(shifts, 3, direction, direction + 1), field);
    }

    /// <summary>Looks up what is at the projections of all places of a batch of images.</summary>
    /// <param name="name">The function that is at work.</param>
    /// <param name="images">[batch, height, width, channels].</param>
    /// <param name="numbers">The eight numbers of a projection for all images, or for each.</param>
    /// <param name="sampling">How elements are looked up.</param>
    private static Tensor Project(string name, Tensor images, Tensor numbers, Sampling sampling)
    {
        ReadOnlySpan<int> dims = images.Shape.Dims;
        int count = numbers.Shape.Dims[0];
        if (count != 1 && count != dims[0]) throw new ArgumentException($"{name}: {count} transforms do not fit a batch of {dims[0]} images.");
        DType type = Images.ComputeType(images, numbers);
        Tensor[] p = [.. Enumerable.Range(0, 8).Select(i => PrimitiveOps.Reshape(PrimitiveOps.Convert(Images.Cut(numbers, 1, i, i + 1), type), new Shape([count, 1, 1])))];
        Tensor y = Images.Count(type, 3, 1, dims[1]), x = Images.Count(type, 3, 2, dims[2]);
        Tensor k = (p[6] * x) + (p[7] * y) + 1.0;
        return sampling.Apply(images, ((p[3] * x) + (p[4] * y) + p[5]) / k, ((p[0] * x) + (p[1] * y) + p[2]) / k);
    }

    /// <summary>The eight numbers of the projections that take the end points to the start points: [batch, 8].</summary>
    internal static Tensor Homography(Tensor start, Tensor end)
    {
        if (!start.Shape.IsKnown) return Images.Inferred(start, new Shape([start.Rank == 3 ? start.Shape.Dims[0] : 1, 8]), Images.ComputeType(start, end));
        // Both quadrangles as pictures of one, and from there to the other: no system of equations to be solved.
        Tensor toStart = Frame(start), fromEnd = Adjugate(Frame(end));
        Tensor matrix = PrimitiveOps.Reshape(PrimitiveOps.MatMul(toStart, fromEnd), new Shape([toStart.Shape.Dims[0], 9]));
        // In float64, which also keeps what follows exact; Project brings it down.
        return PrimitiveOps.Convert(Images.Cut(matrix, 1, 0, 8) / Images.Cut(matrix, 1, 8, 9), Images.ComputeType(start, end));
    }

    /// <summary>The matrix [batch, 3, 3] that takes the corners (1, 0, 0), (0, 1, 0), (0, 0, 1) and (1, 1, 1) to four points.</summary>
    private static Tensor Frame(Tensor points)
    {
        int batch = points.Rank == 2 ? 1 : points.Shape.Dims[0];
        Tensor corners = PrimitiveOps.Convert(PrimitiveOps.Reshape(points, new Shape([batch, 4, 2])), DType.Float64);
        Tensor columns = PrimitiveOps.Transpose(Concatenate([corners, PrimitiveOps.Filled(corners.Spec with { Shape = new Shape([batch, 4, 1]) }, 1)], 2), 0, 2, 1);
        Tensor three = Images.Cut(columns, 2, 0, 3), fourth = Images.Cut(columns, 2, 3, 4);
        // The fourth point as a combination of the three says how they have to be scaled.
        return three * PrimitiveOps.Transpose(PrimitiveOps.MatMul(Adjugate(three), fourth), 0, 2, 1);
    }

    /// <summary>The inverse of each 3 by 3 matrix of a stack, times its determinant.</summary>
    private static Tensor Adjugate(Tensor matrices)
    {
        Tensor[,] m = new Tensor[3, 3];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++) m[i, j] = Images.Cut(Images.Cut(matrices, 1, i, i + 1), 2, j, j + 1);
        }

        Tensor[] rows = new Tensor[3];
        for (int i = 0; i < 3; i++)
        {
            int a = (i + 1) % 3, b = (i + 2) % 3;
            rows[i] = Concatenate([.. Enumerable.Range(0, 3).Select(j => (m[(j + 1) % 3, a] * m[(j + 2) % 3, b]) - (m[(j + 1) % 3, b] * m[(j + 2) % 3, a]))], 2);
        }

        return Concatenate(rows, 1);
    }
}
