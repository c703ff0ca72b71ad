using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomFlipTests
{
    private readonly Tensor _images = RandomOps.Uniform([5, 4, 3, 2], seed: 1);

    [Fact]
    public void TurnsImagesInTheDirectionsOfTheMode()
    {
        Tensor image = Ops.Reshape(Ops.Arange(6, dtype: DType.Float32), [1, 2, 3, 1]);
        Tensors turn = new() { ["flips"] = Tensor.From([true], [1, 1, 1, 1]) }, leave = new() { ["flips"] = Tensor.From([false], [1, 1, 1, 1]) };
        Assert.Equal([2, 1, 0, 5, 4, 3], new RandomFlip("horizontal").TransformImages(image, turn).ToArray<float>());
        Assert.Equal([3, 4, 5, 0, 1, 2], new RandomFlip("vertical").TransformImages(image, turn).ToArray<float>());
        Assert.Equal([5, 4, 3, 2, 1, 0], new RandomFlip().TransformImages(image, turn).ToArray<float>());
        Assert.Equal([0, 1, 2, 3, 4, 5], new RandomFlip().TransformImages(image, leave).ToArray<float>());
        Assert.Equal([2, 1, 0, 5, 4, 3], new RandomFlip("horizontal", dataFormat: "channels_first").TransformImages(Ops.Reshape(image, [1, 1, 2, 3]), turn).ToArray<float>());
    }

    [Theory]
    [InlineData("horizontal")]
    [InlineData("vertical")]
    [InlineData("horizontal_and_vertical")]
    public void TurningTwiceChangesNothing(string mode)
    {
        RandomFlip layer = new(mode, seed: 2);
        Tensors transformation = layer.GetRandomTransformation(_images)!;
        Tensor turned = layer.TransformImages(_images, transformation);
        Assert.NotEqual(_images.ToArray<float>(), turned.ToArray<float>());
        Assert.Equal(_images.ToArray<float>(), layer.TransformImages(turned, transformation).ToArray<float>());
    }

    [Fact]
    public void HalfOfTheImagesIsTurned()
    {
        bool[] flips = new RandomFlip(seed: 1).GetRandomTransformation(Ops.Ones([4000, 1, 1, 1]))!["flips"].ToArray<bool>();
        Assert.InRange(flips.Count(f => f), 1880, 2120);
    }

    // random_flip_test.py, test_random_flip_bounding_boxes.
    [Theory]
    [InlineData("horizontal", new float[] { 4, 1, 6, 3, 0, 4, 2, 6 })]
    [InlineData("vertical", new float[] { 2, 7, 4, 9, 6, 4, 8, 6 })]
    [InlineData("horizontal_and_vertical", new float[] { 4, 7, 6, 9, 0, 4, 2, 6 })]
    public void BoxesAreTurned(string mode, float[] expected)
    {
        Tensors transformation = new() { ["flips"] = Tensor.From([true], [1, 1, 1, 1]), ["input_shape"] = Tensor.From([1, 10, 8, 3]) };
        Tensors boxes = new() { ["boxes"] = Tensor.From<float>([2, 1, 4, 3, 6, 4, 8, 6], [1, 2, 4]), ["labels"] = Tensor.From([1, 2], [1, 2]) };
        Tensors turned = new RandomFlip(mode, boundingBoxFormat: "xyxy").TransformBoundingBoxes(boxes, transformation);
        Close.To(expected, turned["boxes"]);
        Assert.Equal([1, 2], turned["labels"].ToArray<int>());
    }

    [Theory]
    [InlineData("horizontal")]
    [InlineData("vertical")]
    [InlineData("horizontal_and_vertical")]
    public void BoxesGoWithTheMask(string mode) => MaskAndBox.Agree(new RandomFlip(mode, seed: 4, boundingBoxFormat: "xyxy"), (9, 7), 0, [0, 0, 2, 3], [5, 6, 7, 9], [1, 2, 6, 4], [3, 0, 4, 9]);

    [Fact]
    public void UnknownModesAreRefused()
    {
        string message = Assert.ThrowsAny<ArgumentException>(() => new RandomFlip("diagonal", name: "turn")).Message;
        Assert.Contains("'turn'", message);
        Assert.Contains("horizontal_and_vertical", message);
    }
}
