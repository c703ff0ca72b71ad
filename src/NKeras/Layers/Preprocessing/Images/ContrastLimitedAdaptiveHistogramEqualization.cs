namespace NKeras.Layers;

/// <summary>
/// Makes the values in each part of an image about as frequent, without letting noise grow too much (CLAHE, <c>keras.layers.ContrastLimitedAdaptiveHistogramEqualization</c>; Zuiderveld,
/// 1994), in training and afterwards.
/// </summary>
/// <remarks>
/// Images (batch, height, width, channels), or in the order of <c>dataFormat</c>, or one image without the batch's dimension; the result has the same shape.
/// Labels, bounding boxes and segmentation masks stay as they are. The
/// type stays: values of integers are cut off to whole ones. Between the parts the results are blended linearly, so that there are no borders. There are no gradients.
/// </remarks>
/// <example><code>
/// Tensor clear = new ContrastLimitedAdaptiveHistogramEqualization(valueRange: (0, 1)).Apply(images);
/// </code></example>
public sealed class ContrastLimitedAdaptiveHistogramEqualization : BaseImagePreprocessingLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="valueRange">The least and the greatest value of images; (0, 255) if omitted.</param>
    /// <param name="clipLimit">
    /// How many times as often as on average a value may count in a part; what is beyond that is shared out among all values. Without limit if it is not positive.
    /// </param>
    /// <param name="tileGridSize">In how many rows and columns of parts images are cut; (8, 8) if omitted. Images that cannot be cut evenly are mirrored at their end.</param>
    /// <param name="dataFormat">Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="boundingBoxFormat">How bounding boxes are given, such as <c>"xyxy"</c>; needed with bounding boxes only.</param>
    /// <param name="name">The name; <c>contrast_limited_adaptive_histogram_equalization</c>, <c>contrast_limited_adaptive_histogram_equalization_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="valueRange"/> is no pair, <paramref name="tileGridSize"/> is not two positive numbers, or a format is unknown.</exception>
    public ContrastLimitedAdaptiveHistogramEqualization(
        Factor? valueRange = null,
        double clipLimit = 4.0,
        Ints? tileGridSize = null,
        string? dataFormat = null,
        string? boundingBoxFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        ValueRange = RangeOf(valueRange, sorted: false);
        ClipLimit = clipLimit;
        TileGridSize = tileGridSize ?? (8, 8);
        if (TileGridSize.Count != 2 || TileGridSize.Any(s => s < 1))
            throw new ArgumentException($"Layer '{Name}': tileGridSize is two positive numbers; received {TileGridSize}.", nameof(tileGridSize));
    }

    /// <summary>The least and the greatest value of images.</summary>
    public Factor ValueRange { get; }

    /// <summary>How many times as often as on average a value may count in a part.</summary>
    public double ClipLimit { get; }

    /// <summary>In how many rows and columns of parts images are cut.</summary>
    public Ints TileGridSize { get; }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(images);
        // Sizes are known where there are numbers.
        if (!images.Shape.IsKnown || images.Shape.Size == 0) return images;
        Tensor x = ChannelsFirst ? Ops.Transpose(images, [0, 2, 3, 1]) : images;
        Tensor pixels = Ops.Cast(Ops.Clip(TransformValueRange(Ops.Cast(x, DType.Float32), ValueRange, (0, 255)), 0.0, 255.0), DType.Int32);
        x = Ops.Cast(TransformValueRange(Equalized(pixels), (0, 255), ValueRange), images.DType);
        return ChannelsFirst ? Ops.Transpose(x, [0, 3, 1, 2]) : x;
    }

    /// <summary>Equalises bytes (batch, height, width, channels).</summary>
    private Tensor Equalized(Tensor pixels)
    {
        int[] dims = pixels.Shape.Dims.ToArray();
        (int batch, int channels) = (dims[0], dims[3]);
        TileAxis rows = new(dims[1], TileGridSize[0]), columns = new(dims[2], TileGridSize[1]);
        // Where among the 256 numbers for each channel of each part a pixel's are.
        int perColumn = 256 * channels, perRow = perColumn * columns.Count, perImage = perRow * rows.Count;
        Tensor own = Numbers(0, batch, i => i * perImage) + Numbers(3, channels, c => c * 256);
        Tensor padded = Mirrored(Mirrored(pixels, rows, 1), columns, 2);
        Tensor parts = padded + own + Numbers(1, rows.PaddedLength, y => y / rows.Length * perRow) + Numbers(2, columns.PaddedLength, x => x / columns.Length * perColumn);
        Tensor counts = Ops.SegmentSum(Ops.Ones([parts.Shape.Size], DType.Float32), Ops.Reshape(parts, [-1]), batch * perImage);
        Tensor levels = Levels(Ops.Reshape(counts, [-1, 256]), rows.Length * columns.Length);

        own += pixels;
        Tensor down = Nearness(rows, 1), right = Nearness(columns, 2);
        Tensor top = Blended(0), bottom = Blended(1);
        return (top * (1.0 - down)) + (bottom * down);

        Tensor Blended(int below)
        {
            Tensor row = own + Numbers(1, dims[1], y => rows.Neighbour(y, below) * perRow);
            Tensor left = Ops.Take(levels, row + Numbers(2, dims[2], x => columns.Neighbour(x, 0) * perColumn));
            return (left * (1.0 - right)) + (Ops.Take(levels, row + Numbers(2, dims[2], x => columns.Neighbour(x, 1) * perColumn)) * right);
        }
    }

    /// <summary>What becomes of each byte in a part, from how often each occurs.</summary>
    private Tensor Levels(Tensor counts, int pixels)
    {
        if (ClipLimit > 0)
        {
            // Keras: cuts the limit off to a whole number on PyTorch, where counts are whole numbers, as OpenCV does.
            Tensor clipped = Ops.Minimum(counts, Math.Floor(ClipLimit * pixels / 256));
            counts = clipped + (Ops.Sum(counts - clipped, axis: -1, keepdims: true) / 256.0);
        }

        Tensor below = Ops.Cumsum(counts, axis: -1), least = Ops.Min(below, axis: -1, keepdims: true), others = pixels - least;
        return Ops.Clip((below - least) * 255.0 / Ops.Where(Ops.Equal(others, 0.0), 1.0, others), 0.0, 255.0);
    }

    private static Tensor Mirrored(Tensor x, TileAxis tiles, int axis) => tiles.PaddedLength == x.Shape.Dims[axis]
        ? x
        : Ops.Take(x, Tensor.From<int>([.. Enumerable.Range(0, tiles.PaddedLength).Select(tiles.Mirrored)]), axis);

    private static Tensor Nearness(TileAxis tiles, int axis) => Tensor.From<float>([.. Enumerable.Range(0, tiles.Size).Select(tiles.Weight)], Along(axis, tiles.Size));

    /// <summary>A number for each place along one axis of images.</summary>
    private static Tensor Numbers(int axis, int count, Func<int, int> number) => Tensor.From<int>([.. Enumerable.Range(0, count).Select(number)], Along(axis, count));

    private static Shape Along(int axis, int count)
    {
        int[] dims = [1, 1, 1, 1];
        dims[axis] = count;
        return new Shape(dims);
    }
}
