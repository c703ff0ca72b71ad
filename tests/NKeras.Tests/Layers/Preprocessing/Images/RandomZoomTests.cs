using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomZoomTests
{
    private readonly Tensor _image = Ops.Reshape(Ops.Arange(25), [1, 5, 5, 1]);

    // random_zoom_test.py, test_random_zoom_in_correctness.
    [Fact]
    public void NegativeFactorsEnlarge() => Close.To(
        [6, 6.5f, 7, 7.5f, 8, 8.5f, 9, 9.5f, 10, 10.5f, 11, 11.5f, 12, 12.5f, 13, 13.5f, 14, 14.5f, 15, 15.5f, 16, 16.5f, 17, 17.5f, 18],
        new RandomZoom((-0.5, -0.5), (-0.5, -0.5), "constant").Apply(_image, training: true));

    // random_zoom_test.py, test_random_zoom_out_correctness and test_tf_data_compatibility.
    [Theory]
    [InlineData("bilinear", new float[] { 0, 0, 0, 0, 0, 0, 2.7f, 4.5f, 6.3f, 0, 0, 10.2f, 12, 13.8f, 0, 0, 17.7f, 19.5f, 21.3f, 0, 0, 0, 0, 0, 0 })]
    [InlineData("nearest", new float[] { 0, 0, 0, 0, 0, 0, 5, 7, 9, 0, 0, 10, 12, 14, 0, 0, 20, 22, 24, 0, 0, 0, 0, 0, 0 })]
    public void PositiveFactorsMakeSmaller(string interpolation, float[] expected) =>
        Close.To(expected, new RandomZoom((0.5, 0.5), (0.8, 0.8), "constant", interpolation).Apply(_image, training: true));

    [Fact]
    public void NoFactorChangesNothing() => Close.To([.. Enumerable.Range(0, 25).Select(i => (float)i)], new RandomZoom(0.0).Apply(_image, training: true));

    [Fact]
    public void ProportionsStayWithoutAFactorForTheWidth()
    {
        Tensors same = new RandomZoom((-0.3, 0.5), seed: 1).GetRandomTransformation(Ops.Ones([2000, 3, 3, 1]))!;
        float[] zooms = same["height_zoom"].ToArray<float>();
        Assert.Equal(zooms, same["width_zoom"].ToArray<float>());
        Assert.All(zooms, z => Assert.InRange(z, 0.7, 1.5));
        Assert.InRange(zooms.Average(), 1.08, 1.12);
        Tensors apart = new RandomZoom((-0.3, 0.5), 0.2, seed: 1).GetRandomTransformation(Ops.Ones([2000, 3, 3, 1]))!;
        Assert.Equal(zooms, apart["height_zoom"].ToArray<float>());
        Assert.All(apart["width_zoom"].ToArray<float>(), z => Assert.InRange(z, 0.8, 1.2));
    }

    // random_zoom_test.py, test_random_flip_bounding_boxes.
    [Theory]
    [InlineData(0.1f, new float[] { 0, 0, 8, 0, 8, 0, 8, 10 })]
    [InlineData(1.9f, new float[] { 2.710526f, 2.657895f, 3.763158f, 3.710526f, 4.815789f, 4.236842f, 5.868421f, 5.289474f })]
    public void BoxesAreZoomed(float zoom, float[] expected)
    {
        Tensors transformation = new() { ["height_zoom"] = Tensor.From([zoom], [1, 1]), ["width_zoom"] = Tensor.From([zoom], [1, 1]), ["input_shape"] = Tensor.From([1, 10, 8, 3]) };
        Tensors boxes = new() { ["boxes"] = Tensor.From<float>([2, 1, 4, 3, 6, 4, 8, 6], [1, 2, 4]), ["labels"] = Tensor.From([1, 2], [1, 2]) };
        Tensors zoomed = new RandomZoom(0.5, boundingBoxFormat: "xyxy").TransformBoundingBoxes(boxes, transformation);
        Close.To(expected, zoomed["boxes"], 1e-4);
        if (zoom < 1) Assert.Equal([-1, -1], zoomed["labels"].ToArray<int>());
    }

    // Boxes are zoomed about the middle between the outer pixels, as the pixels' middles are, so that their borders are up to a pixel from the mask's.
    [Fact]
    public void BoxesGoWithTheMask()
    {
        MaskAndBox.Agree(new RandomZoom((-0.5, -0.5), fillMode: "constant", boundingBoxFormat: "xyxy"), (17, 13), 1.5, [4, 5, 8, 11], [0, 0, 3, 3], [5, 4, 13, 17]);
        MaskAndBox.Agree(new RandomZoom((0.1, 0.6), (0.1, 0.6), "constant", seed: 1, boundingBoxFormat: "xyxy"), (20, 24), 1.5, [4, 5, 8, 11], [0, 0, 9, 9], [5, 4, 23, 17]);
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'zoom': heightFactor", Assert.ThrowsAny<ArgumentException>(() => new RandomZoom(-1.0, name: "zoom")).Message);
        Assert.Contains("'zoom': widthFactor", Assert.ThrowsAny<ArgumentException>(() => new RandomZoom(0.0, (0, 1.1), name: "zoom")).Message);
        Assert.Contains("'zoom'", Assert.ThrowsAny<ArgumentException>(() => new RandomZoom(0.0, fillMode: "edge", name: "zoom")).Message);
    }
}
