using System.Text.Json.Nodes;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras.Layers;

/// <summary>
/// What layers have in common that change images, and with them what belongs to the images: labels, boxes around objects, and masks that say what each
/// pixel shows.
/// </summary>
/// <remarks>
/// Such a layer takes images alone, (height, width, channels) or (batch, height, width, channels), or by name: <c>images</c>, <c>labels</c>,
/// <c>segmentation_masks</c>, <c>bounding_boxes/boxes</c> (batch, boxes, 4) and <c>bounding_boxes/labels</c> (batch, boxes); the results have the same names.
/// What is random about a call is drawn first (<see cref="GetRandomTransformation"/>) and then applied to all of them.
/// </remarks>
/// <example><code>
/// RandomFlip flip = new("horizontal", boundingBoxFormat: "xyxy");
/// Tensors results = flip.ApplyAll(new Dictionary&lt;string, Tensor&gt;
/// {
///     ["images"] = images, ["bounding_boxes/boxes"] = boxes, ["bounding_boxes/labels"] = classes,
/// }, training: true);
/// </code></example>
// Keras: takes the boxes as a dictionary within the dictionary; here its entries have names with a slash.
public abstract class BaseImagePreprocessingLayer : Layer
{
    private const string Images = "images", Labels = "labels", Masks = "segmentation_masks", Boxes = "bounding_boxes/";

    private protected BaseImagePreprocessingLayer(string? boundingBoxFormat, string? dataFormat, string? name, bool trainable, DTypePolicy? dtype)
        : base(name, trainable, dtype)
    {
        (BoundingBoxFormat, DataFormat) = (boundingBoxFormat, LayerArguments.DataFormat(this, dataFormat));
        Built = true;
    }

    /// <summary><c>"channels_last"</c> or <c>"channels_first"</c>.</summary>
    public string DataFormat { get; }

    /// <summary>How boxes are given, such as <c>"xyxy"</c>; null if none are.</summary>
    public string? BoundingBoxFormat { get; }

    /// <summary>Whether channels come before height and width.</summary>
    private protected bool ChannelsFirst => DataFormat == "channels_first";

    /// <summary>The axis of an image's rows, from the end.</summary>
    private protected int HeightAxis => ChannelsFirst ? -2 : -3;

    /// <summary>The axis of an image's columns, from the end.</summary>
    private protected int WidthAxis => ChannelsFirst ? -1 : -2;

    /// <summary>The axis of an image's channels, from the end.</summary>
    private protected int ChannelAxis => ChannelsFirst ? -3 : -1;

    private protected override bool TrainsByDefault => true;

    private protected override bool TakesRagged => true;

    /// <summary>What is random about a call.</summary>
    /// <param name="data">What the layer was applied to.</param>
    /// <param name="training">Whether to behave as in training.</param>
    /// <param name="seed">Where random numbers come from; the layer's own generator if omitted.</param>
    /// <returns>Tensors by name, one entry for each image along the first axis; null for nothing.</returns>
    public virtual Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null) => null;

    /// <summary>Applies what was drawn to images.</summary>
    /// <param name="images">A batch of images.</param>
    /// <param name="transformation">What <see cref="GetRandomTransformation"/> gave.</param>
    /// <param name="training">Whether to behave as in training.</param>
    public abstract Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true);

    /// <summary>Applies what was drawn to the images' labels.</summary>
    /// <param name="labels">A label for each image.</param>
    /// <param name="transformation">What <see cref="GetRandomTransformation"/> gave.</param>
    /// <param name="training">Whether to behave as in training.</param>
    public virtual Tensor TransformLabels(Tensor labels, Tensors? transformation, bool training = true) => labels;

    /// <summary>Applies what was drawn to boxes.</summary>
    /// <param name="boundingBoxes">By name: <c>boxes</c> (batch, boxes, 4) and <c>labels</c> (batch, boxes).</param>
    /// <param name="transformation">What <see cref="GetRandomTransformation"/> gave.</param>
    /// <param name="training">Whether to behave as in training.</param>
    public virtual Tensors TransformBoundingBoxes(Tensors boundingBoxes, Tensors? transformation, bool training = true) => boundingBoxes;

    /// <summary>Applies what was drawn to masks.</summary>
    /// <param name="segmentationMasks">A batch of masks, of the images' size.</param>
    /// <param name="transformation">What <see cref="GetRandomTransformation"/> gave.</param>
    /// <param name="training">Whether to behave as in training.</param>
    public virtual Tensor TransformSegmentationMasks(Tensor segmentationMasks, Tensors? transformation, bool training = true) => segmentationMasks;

    /// <inheritdoc/>
    public sealed override Tensors Call(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        bool isBatch = IsBatch(ImagesOf(inputs));
        Tensors? transformation = GetRandomTransformation(inputs, training);
        if (inputs.Names is not { } names) return OnBatch(inputs[0], isBatch, x => TransformImages(x, transformation, training));
        Tensors? boxes = null;
        Tensors results = [];
        foreach (string name in names)
        {
            Tensor x = inputs[name];
            results[name] = name switch
            {
                Images => OnBatch(x, isBatch, t => TransformImages(t, transformation, training)),
                Labels => OnBatch(x, isBatch, t => TransformLabels(t, transformation, training)),
                Masks => OnBatch(x, isBatch, t => TransformSegmentationMasks(t, transformation, training)),
                _ when name.StartsWith(Boxes, StringComparison.Ordinal) => (boxes ??= TransformBoxes(inputs, isBatch, transformation, training))[name[Boxes.Length..]],
                _ => x,
            };
        }

        return results;
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        // What all of these layers have comes first, in Keras's order.
        config.Remove("bounding_box_format");
        if (BoundingBoxFormat != null) config.Insert(config.IndexOf("dtype") + 1, "bounding_box_format", BoundingBoxFormat);
        config.Remove("data_format");
        config.Insert(config.IndexOf("dtype") + 1, "data_format", DataFormat);
        return config;
    }

    /// <summary>The images of what the layer was applied to.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    private protected Tensor ImagesOf(Tensors data) => data.Names is not { } names
        ? data.Count == 1 ? data[0] : throw new ArgumentException($"Layer '{Name}' takes images, or tensors by name; received {data.Count} tensors without names.", nameof(data))
        : names.Contains(Images) ? data[Images] : throw new ArgumentException($"Layer '{Name}' takes tensors by name with '{Images}' among them; received {string.Join(", ", names.Select(n => $"'{n}'"))}.", nameof(data));

    /// <summary>The number of images that the layer was applied to, -1 if it is not known; 1 for a single image.</summary>
    private protected int BatchSizeOf(Tensors data)
    {
        Tensor images = ImagesOf(data);
        return IsBatch(images) ? images.Shape.Dims[0] : 1;
    }

    /// <summary>The shape of the images that the layer was applied to, as a tensor that belongs to a transformation.</summary>
    private protected Tensor InputShapeOf(Tensors data) => Tensor.From<int>(ImagesOf(data).Shape.Dims.ToArray());

    /// <summary>Height and width that a transformation was drawn for.</summary>
    private protected (Tensor Height, Tensor Width) SizeFor(Tensors transformation)
    {
        Tensor shape = transformation["input_shape"];
        return (shape[HeightAxis], shape[WidthAxis]);
    }

    /// <summary>A shape with other height and width.</summary>
    private protected Shape Resized(Shape shape, int height, int width) => shape.With(shape.Rank + HeightAxis, height).With(shape.Rank + WidthAxis, width);

    /// <summary>Height and width of images, -1 where not known.</summary>
    private protected (int Height, int Width) SizeOf(Tensor images) => (images.Shape.Dims[images.Rank + HeightAxis], images.Shape.Dims[images.Rank + WidthAxis]);

    /// <summary>Whether images are a batch.</summary>
    /// <exception cref="ArgumentException">They are neither a batch nor an image, or no numbers.</exception>
    private protected bool IsBatch(Tensor images)
    {
        if (images.DType == DType.String) throw new ArgumentException($"Layer '{Name}' takes images of numbers; received strings of shape {images.Shape}.", nameof(images));
        return images.Rank is 3 or 4
            ? images.Rank == 4
            : throw new ArgumentException($"Layer '{Name}' takes an image (rank 3) or a batch of images (rank 4); received shape {images.Shape}.", nameof(images));
    }

    /// <summary>Brings numbers from one range to another, such as from (0, 1) to (0, 255).</summary>
    /// <param name="images">The numbers.</param>
    /// <param name="from">The least and the greatest number that there may be.</param>
    /// <param name="to">What these become.</param>
    private protected static Tensor TransformValueRange(Tensor images, Factor from, Factor to)
    {
        if (from.First == to.First && from.Last == to.Last) return images;
        return ((images - from.First) / (from.Last - from.First) * (to.Last - to.First)) + to.First;
    }

    /// <summary>The least and the greatest factor that a number or a pair stands for: a number is that much in both directions.</summary>
    /// <param name="factor">What was given.</param>
    /// <param name="least">The least that is allowed.</param>
    /// <param name="most">The most that is allowed.</param>
    /// <param name="argument">The argument that it was given for.</param>
    /// <exception cref="ArgumentException">It is out of bounds.</exception>
    // Keras: of a pair only the first is held against the upper bound, and only the second against the lower one.
    private protected Factor FactorWithin(Factor factor, double least, double most, string argument = "factor")
    {
        ArgumentNullException.ThrowIfNull(factor, argument);
        bool fits = factor.IsNumber ? factor.First >= least && factor.First <= most : factor.First <= most && factor.Last >= least;
        if (!fits) throw new ArgumentException($"Layer '{Name}': {argument} is a number or a pair of numbers from {least} to {most}; received {factor}.", argument);
        if (!factor.IsNumber) return (Math.Min(factor.First, factor.Last), Math.Max(factor.First, factor.Last));
        double size = Math.Abs(factor.First);
        return (Math.Max(-size, least), size);
    }

    /// <summary>The least and the greatest of what a number or a pair stands for, each of which has to be within bounds.</summary>
    /// <param name="factor">What was given.</param>
    /// <param name="argument">The argument's name.</param>
    /// <param name="least">The least that is allowed.</param>
    /// <param name="most">The most that is allowed.</param>
    /// <exception cref="ArgumentException">It is out of bounds.</exception>
    private protected Factor Bounds(Factor factor, string argument, double least, double most)
    {
        ArgumentNullException.ThrowIfNull(factor, argument);
        if (!factor.All(f => f >= least && f <= most)) throw new ArgumentException($"Layer '{Name}': {argument} is a number or a pair of numbers from {least} to {most}; received {factor}.", argument);
        return factor.IsNumber ? (-Math.Abs(factor.First), Math.Abs(factor.First)) : (factor.Min(), factor.Max());
    }

    /// <summary>A size that has to be positive.</summary>
    private protected int Positive(int size, string argument) => size > 0
        ? size
        : throw new ArgumentOutOfRangeException(argument, $"Layer '{Name}': {argument} is a positive number of pixels; received {size}.");

    /// <summary>One of two tensors of one type, element by element. The type stays, int64 as well.</summary>
    private protected static Tensor Select(Tensor condition, Tensor then, Tensor otherwise) => PrimitiveOps.Where(PrimitiveOps.BroadcastTo(condition, Broadcasting.Result(nameof(Select), [
        new TensorSpec(condition.Shape, DType.Bool), new TensorSpec(then.Shape, DType.Bool)])), then, otherwise);

    /// <summary>The range of the values of images, (0, 255) if none was given.</summary>
    /// <param name="valueRange">What was given.</param>
    /// <param name="sorted">Whether the lesser number comes first whatever the order in which they were given.</param>
    /// <exception cref="ArgumentException">It is not two numbers.</exception>
    private protected Factor RangeOf(Factor? valueRange, bool sorted = true)
    {
        valueRange ??= (0, 255);
        if (valueRange.IsNumber || valueRange.Any(double.IsNaN))
            throw new ArgumentException($"Layer '{Name}': valueRange is a pair of two numbers, the least and the greatest value of images; received {valueRange}.", nameof(valueRange));
        return sorted && valueRange.First > valueRange.Last ? (valueRange.Last, valueRange.First) : valueRange;
    }

    private Tensors TransformBoxes(Tensors inputs, bool isBatch, Tensors? transformation, bool training)
    {
        if (BoundingBoxFormat == null)
            throw new ArgumentException($"Layer '{Name}' was given bounding boxes, but not their format. Say it: boundingBoxFormat: \"xyxy\".", nameof(inputs));
        Tensors boxes = [];
        foreach (string name in inputs.Names!.Where(n => n.StartsWith(Boxes, StringComparison.Ordinal))) boxes[name[Boxes.Length..]] = inputs[name];
        Tensors dense = BoundingBoxes.Densify(Name, boxes);
        if (isBatch) return TransformBoundingBoxes(dense, transformation, training);
        return TransformBoundingBoxes(dense.Select(t => Ops.ExpandDims(t, axis: 0)), transformation, training).Select(t => Ops.Squeeze(t, axis: 0));
    }

    private static Tensor OnBatch(Tensor x, bool isBatch, Func<Tensor, Tensor> function) => isBatch ? function(x) : Ops.Squeeze(function(Ops.ExpandDims(x, axis: 0)), axis: 0);
}
