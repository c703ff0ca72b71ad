using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomShearTests
{
    private readonly Tensor _image = Ops.Reshape(Ops.Arange(16, dtype: DType.Float32), [1, 4, 4, 1]);

    // The pixel at (x, y) shows (x + a y, y + b x).
    [Fact]
    public void RowsMoveByTheirNumber()
    {
        RandomShear layer = new(0.5, 0.5, fillMode: "constant", fillValue: -1);
        Tensor rows = layer.TransformImages(_image, Factors(1, 0)), columns = layer.TransformImages(_image, Factors(0, 1)), back = layer.TransformImages(_image, Factors(-1, 0));
        Close.To([0, 1, 2, 3, 5, 6, 7, -1, 10, 11, -1, -1, 15, -1, -1, -1], rows);
        Close.To([0, 1, 2, 3, -1, 4, 5, 6, -1, -1, 8, 9, -1, -1, -1, 12], back);
        Close.To([0, 5, 10, 15, 4, 9, 14, -1, 8, 13, -1, -1, 12, -1, -1, -1], columns);
    }

    [Fact]
    public void NoFactorChangesNothing() => Close.To(_image.ToArray<float>(), new RandomShear().Apply(_image, training: true));

    [Fact]
    public void FactorsAreUniformInBothDirections()
    {
        Tensor factors = new RandomShear((0.2, 0.4), (0.5, 0.5), seed: 1).GetRandomTransformation(Ops.Ones([4000, 2, 2, 1]))!["shear_factor"];
        Assert.Equal([4000, 2], factors.Shape);
        float[] x = factors[.., 0].ToArray<float>(), y = factors[.., 1].ToArray<float>();
        Assert.All(x, f => Assert.InRange(Math.Abs(f), 0.2f, 0.4f));
        Assert.All(y, f => Assert.Equal(0.5, Math.Abs(f), 5));
        Assert.Equal(x.Select(Math.Sign), y.Select(Math.Sign));
        Assert.InRange(x.Count(f => f < 0), 1880, 2120);
        Assert.InRange(x.Average(Math.Abs), 0.295, 0.305);
        // One number stands for as much in both directions.
        float[] both = new RandomShear(0.4, seed: 1).GetRandomTransformation(Ops.Ones([4000, 2, 2, 1]))!["shear_factor"][.., 0].ToArray<float>();
        Assert.InRange(both.Average(f => Math.Abs(f)), 0.19, 0.21);
    }

    // random_shear_test.py, test_random_shear_bounding_boxes.
    [Theory]
    [InlineData(1, 0, new float[] { 0, 1, 3.2f, 3, 1.2f, 4, 4.8f, 6 })]
    [InlineData(0, 1, new float[] { 2, 0, 4, 0.5f, 6, 0, 8, 0 })]
    [InlineData(1, 1, new float[] { 0, 0, 3.2f, 3.5f, 1.2f, 0, 4.8f, 4.5f })]
    public void BoxesAreSheared(float x, float y, float[] expected)
    {
        Tensors transformation = Factors(x, y);
        transformation["input_shape"] = Tensor.From([1, 10, 8, 3]);
        Tensors boxes = new() { ["boxes"] = Tensor.From<float>([2, 1, 4, 3, 6, 4, 8, 6], [1, 2, 4]), ["labels"] = Tensor.From([1, 2], [1, 2]) };
        Close.To(expected, new RandomShear(0.5, 0.5, boundingBoxFormat: "xyxy").TransformBoundingBoxes(boxes, transformation)["boxes"], 1e-4);
    }

    // Square images: of others Keras's boxes are not where the objects are. Borders are up to a pixel away, as places are those of the pixels' middles.
    [Fact]
    public void BoxesGoWithTheMask()
    {
        MaskAndBox.Agree(new RandomShear((0.25, 0.25), fillMode: "constant", seed: 1, boundingBoxFormat: "xyxy"), (24, 24), 1.5, [10, 4, 16, 8], [7, 8, 15, 12], [9, 1, 12, 3], [8, 2, 14, 16]);
        MaskAndBox.Agree(new RandomShear(0.0, (0.25, 0.25), fillMode: "constant", seed: 1, boundingBoxFormat: "xyxy"), (24, 24), 1.5, [4, 10, 8, 16], [8, 7, 12, 15], [1, 9, 3, 12], [2, 8, 16, 14]);
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'shear': xFactor", Assert.ThrowsAny<ArgumentException>(() => new RandomShear(-0.1, name: "shear")).Message);
        Assert.Contains("'shear': yFactor", Assert.ThrowsAny<ArgumentException>(() => new RandomShear(0.0, (0, 2), name: "shear")).Message);
        Assert.Contains("'shear'", Assert.ThrowsAny<ArgumentException>(() => new RandomShear(fillMode: "mirror", name: "shear")).Message);
        Assert.Contains("'shear'", Assert.ThrowsAny<ArgumentException>(() => new RandomShear(interpolation: "bicubic", name: "shear")).Message);
    }

    private static Tensors Factors(float x, float y) => new() { ["shear_factor"] = Tensor.From([x, y], [1, 2]), ["input_shape"] = Tensor.From([1, 4, 4, 1]) };
}
