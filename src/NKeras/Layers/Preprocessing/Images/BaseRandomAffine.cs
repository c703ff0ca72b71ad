namespace NKeras.Layers;

/// <summary>What layers have in common that move, turn, stretch or shear images at random: each place of the result shows a place of the image, which an affine matrix tells.</summary>
public abstract class BaseRandomAffine : BaseImagePreprocessingLayer
{
    private static readonly string[] s_fillModes = ["reflect", "wrap", "constant", "nearest"];
    private static readonly string[] s_interpolations = ["nearest", "bilinear"];

    private protected BaseRandomAffine(
        string fillMode, string interpolation, int? seed, double fillValue, string? dataFormat, string? boundingBoxFormat, string? name, bool trainable, DTypePolicy? dtype)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        (FillMode, Interpolation) = (LayerArguments.OneOf(this, s_fillModes, fillMode), LayerArguments.OneOf(this, s_interpolations, interpolation));
        (Seed, FillValue) = (seed, fillValue);
        Generator = AddSeedGenerator(seed);
    }

    /// <summary>What is beyond the border: <c>"reflect"</c>, <c>"wrap"</c>, <c>"constant"</c> or <c>"nearest"</c>.</summary>
    public string FillMode { get; }

    /// <summary>What is between pixels: <c>"nearest"</c> or <c>"bilinear"</c>.</summary>
    public string Interpolation { get; }

    /// <summary>The seed that was given; null if none was.</summary>
    public int? Seed { get; }

    /// <summary>The number beyond the border, where it is constant.</summary>
    public double FillValue { get; }

    /// <summary>Where random numbers come from.</summary>
    private protected SeedGenerator Generator { get; }

    /// <inheritdoc/>
    public sealed override Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null)
    {
        if (!training) return null;
        Tensors transformation = [];
        Draw(transformation, BatchSizeOf(data), SizeOf(ImagesOf(data)), seed ?? Generator);
        transformation["input_shape"] = InputShapeOf(data);
        return transformation;
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true)
    {
        Tensor x = Ops.Cast(images, ComputeDType);
        return training && transformation != null ? Transform(x, transformation, Interpolation) : x;
    }

    /// <inheritdoc/>
    public override Tensor TransformSegmentationMasks(Tensor segmentationMasks, Tensors? transformation, bool training = true) =>
        training && transformation != null ? Transform(segmentationMasks, transformation, "nearest") : segmentationMasks;

    /// <inheritdoc/>
    public override Tensors TransformBoundingBoxes(Tensors boundingBoxes, Tensors? transformation, bool training = true)
    {
        if (!training || transformation == null) return boundingBoxes;
        (Tensor height, Tensor width) = SizeFor(transformation);
        Tensors corners = BoundingBoxes.Convert(Name, boundingBoxes, BoundingBoxFormat!, "xyxy", height, width);
        Tensor moved = TransformCorners(corners["boxes"], transformation, height, width);
        return BoundingBoxes.Convert(Name, BoundingBoxes.Clip(BoundingBoxes.With(corners, moved), height, width), "xyxy", BoundingBoxFormat!, height, width);
    }

    /// <summary>Draws what is random.</summary>
    /// <param name="transformation">Gets it, by name.</param>
    /// <param name="batchSize">For how many images.</param>
    /// <param name="size">Their height and width; -1 where not known.</param>
    /// <param name="seed">Where random numbers come from.</param>
    private protected abstract void Draw(Tensors transformation, int batchSize, (int Height, int Width) size, RandomSeed seed);

    /// <summary>For each image the place (a0 x + a1 y + a2, b0 x + b1 y + b2) that shows at (x, y): six numbers, (batch, 1) each.</summary>
    private protected abstract Tensor[] Matrix(Tensors transformation, Tensor height, Tensor width);

    /// <summary>Where boxes come to lie: the bounds of their four corners.</summary>
    private protected virtual Tensor TransformCorners(Tensor boxes, Tensors transformation, Tensor height, Tensor width)
    {
        // (batch, 1) against the boxes' (batch, boxes, 1).
        Tensor[] m = [.. Matrix(transformation, height, width).Select(n => Ops.ExpandDims(n, axis: -1))];
        Tensor[] c = BoundingBoxes.Split(boxes);
        Tensor determinant = (m[0] * m[4]) - (m[1] * m[3]);
        (Tensor X, Tensor Y)[] corners = [.. new[] { (c[0], c[1]), (c[2], c[1]), (c[2], c[3]), (c[0], c[3]) }.Select(p => Inverse(p.Item1 - m[2], p.Item2 - m[5]))];
        return BoundingBoxes.Join([Of(Ops.Minimum, p => p.X), Of(Ops.Minimum, p => p.Y), Of(Ops.Maximum, p => p.X), Of(Ops.Maximum, p => p.Y)]);

        (Tensor, Tensor) Inverse(Tensor x, Tensor y) => (((m[4] * x) - (m[1] * y)) / determinant, ((m[0] * y) - (m[3] * x)) / determinant);

        Tensor Of(Func<Tensor, Tensor, Tensor> choose, Func<(Tensor X, Tensor Y), Tensor> coordinate) => corners.Select(coordinate).Aggregate(choose);
    }

    /// <summary>Zeros, (batch, 1).</summary>
    private protected static Tensor Zeros(Tensor like) => Ops.ZerosLike(like);

    private Tensor Transform(Tensor x, Tensors transformation, string interpolation)
    {
        (Tensor height, Tensor width) = SizeFor(transformation);
        Tensor[] numbers = Matrix(transformation, height, width);
        Tensor matrix = Ops.Concatenate([.. numbers, Zeros(numbers[0]), Zeros(numbers[0])], axis: 1);
        return Ops.AffineTransform(x, matrix, interpolation, FillMode, FillValue, DataFormat);
    }
}
