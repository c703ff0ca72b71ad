using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomPerspectiveTests
{
    // random_perspective_test.py, test_random_perspective_basic: the image becomes a third as large.
    [Fact]
    public void CornersMoveToWhereTheTransformationSays()
    {
        Tensors transformation = Corners([0, 0, 3, 0, 0, 3, 3, 3], [0, 0, 1, 0, 0, 1, 1, 1], (4, 4));
        Close.To([1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], new RandomPerspective().TransformImages(Ops.Ones([1, 4, 4, 1]), transformation), 1e-4);
    }

    [Fact]
    public void ExchangedCornersReverseTheImage()
    {
        Tensor images = RandomOps.Uniform([1, 5, 6, 2], seed: 1);
        Tensors mirror = Corners([0, 0, 5, 0, 0, 4, 5, 4], [5, 0, 0, 0, 5, 4, 0, 4], (5, 6));
        RandomPerspective layer = new();
        Close.To(Ops.Flip(images, axis: 2).ToArray<float>(), layer.TransformImages(images, mirror), 1e-3);
        Tensors none = Corners([0, 0, 5, 0, 0, 4, 5, 4], [5, 0, 0, 0, 5, 4, 0, 4], (5, 6), applies: false);
        Assert.Equal(images.ToArray<float>(), layer.TransformImages(images, none).ToArray<float>());
    }

    [Fact]
    public void NoStrengthChangesNothing()
    {
        Tensor images = RandomOps.Uniform([3, 5, 6, 2], seed: 1);
        Assert.Equal(images.ToArray<float>(), new RandomPerspective(factor: 0).Apply(images, training: true).ToArray<float>());
        Close.To(images.ToArray<float>(), new RandomPerspective(scale: 0).Apply(images, training: true), 1e-4);
    }

    [Fact]
    public void HowManyImagesAndHowFarCornersMoveFollowsTheArguments()
    {
        Tensor images = Ops.Ones([4000, 11, 21, 1]);
        Tensors drawn = new RandomPerspective((0.3, 0.3), 0.4, seed: 1).GetRandomTransformation(images)!;
        bool[] applies = drawn["apply_perspective"].ToArray<bool>();
        Assert.InRange(applies.Count(a => a), 1080, 1320);
        Assert.Equal([0, 0, 20, 0, 0, 10, 20, 10], drawn["start_points"][0].ToArray<float>());
        float[] right = drawn["end_points"][.., 1, 0].ToArray<float>();
        for (int i = 0; i < applies.Length; i++)
        {
            if (applies[i]) Assert.InRange(right[i], 16, 24);
            else Assert.Equal(20, right[i]);
        }

        // A probability drawn between 0 and 1 is one half on average.
        Assert.InRange(new RandomPerspective(seed: 1).GetRandomTransformation(images)!["apply_perspective"].ToArray<bool>().Count(a => a), 1880, 2120);
    }

    // random_perspective_test.py, test_random_perspective_bounding_boxes.
    [Theory]
    [InlineData(new float[] { 0, 0, 8.151311f, 0, 0, 12.695701f, 9.2712054f, 10.524198f }, new float[] { 2.6490488f, 1.1149256f, 5.2026834f, 3.6187303f, 7.5547166f, 4.2492595f, 8, 6.869391f })]
    [InlineData(new float[] { 0, 0, 4.151311f, 0, 0, 6.695701f, 4.2712054f, 7.524198f }, new float[] { 1.095408f, 0.7504317f, 2.2761598f, 2.3389952f, 3.5416048f, 3.2349987f, 4.920989f, 5.0568376f })]
    public void BoxesMoveWithTheCorners(float[] end, float[] expected)
    {
        Tensors transformation = Corners([0, 0, 7, 0, 0, 9, 7, 9], end, (10, 8));
        Tensors boxes = new() { ["boxes"] = Tensor.From<float>([2, 1, 4, 3, 6, 4, 8, 6], [1, 2, 4]), ["labels"] = Tensor.From([1, 2], [1, 2]) };
        Close.To(expected, new RandomPerspective(boundingBoxFormat: "xyxy").TransformBoundingBoxes(boxes, transformation)["boxes"], 1e-3);
        Tensors centers = new() { ["boxes"] = Tensor.From<float>([3, 2, 2, 2, 7, 5, 2, 2], [1, 2, 4]), ["labels"] = Tensor.From([1, 2], [1, 2]) };
        float[] c = expected;
        float[] inCenters = [.. new[] { 0, 4 }.SelectMany(i => new[] { (c[i] + c[i + 2]) / 2, (c[i + 1] + c[i + 3]) / 2, c[i + 2] - c[i], c[i + 3] - c[i + 1] })];
        Close.To(inCenters, new RandomPerspective(boundingBoxFormat: "center_xywh").TransformBoundingBoxes(centers, transformation)["boxes"], 1e-3);
    }

    [Fact]
    public void BoxesGoWithTheMask() =>
        MaskAndBox.Agree(new RandomPerspective((1, 1), 0.4, seed: 1, boundingBoxFormat: "xyxy"), (32, 40), 1.5, [10, 8, 20, 20], [4, 5, 12, 11], [0, 0, 8, 8], [25, 12, 36, 26], [16, 14, 22, 30]);

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'seen': factor", Assert.ThrowsAny<ArgumentException>(() => new RandomPerspective(1.5, name: "seen")).Message);
        Assert.Contains("'seen': scale", Assert.ThrowsAny<ArgumentException>(() => new RandomPerspective(scale: -0.5, name: "seen")).Message);
        Assert.Contains("'seen': scale", Assert.ThrowsAny<ArgumentException>(() => new RandomPerspective(scale: double.NaN, name: "seen")).Message);
        Assert.Contains("'seen'", Assert.ThrowsAny<ArgumentException>(() => new RandomPerspective(interpolation: "bicubic", name: "seen")).Message);
    }

    private static Tensors Corners(float[] start, float[] end, (int Height, int Width) size, bool applies = true) => new()
    {
        ["apply_perspective"] = Tensor.From([applies]),
        ["start_points"] = Tensor.From(start, [1, 4, 2]),
        ["end_points"] = Tensor.From(end, [1, 4, 2]),
        ["input_shape"] = Tensor.From([1, size.Height, size.Width, 1]),
    };
}
