using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomRotationTests
{
    private readonly Tensor _images = RandomOps.Uniform([2, 5, 5, 3], seed: 1);

    // random_rotation_test.py, test_random_rotation_correctness: half a turn.
    [Fact]
    public void HalfATurnReversesBothAxes()
    {
        Tensor image = Ops.Reshape(Ops.Arange(25), [1, 5, 5, 1]);
        Close.To([.. Enumerable.Range(0, 25).Select(i => 24f - i)], new RandomRotation((0.5, 0.5)).Apply(image, training: true), 1e-4);
    }

    // A positive angle turns counter-clockwise: what is at the right comes to the top.
    [Theory]
    [InlineData("bilinear")]
    [InlineData("nearest")]
    public void AQuarterOfATurnIsATranspose(string interpolation)
    {
        Tensor left = Ops.Flip(Ops.Transpose(_images, [0, 2, 1, 3]), axis: 1), right = Ops.Transpose(Ops.Flip(_images, axis: 1), [0, 2, 1, 3]);
        Close.To(left.ToArray<float>(), new RandomRotation((0.25, 0.25), interpolation: interpolation).Apply(_images, training: true), 1e-4);
        Close.To(right.ToArray<float>(), new RandomRotation((-0.25, -0.25), interpolation: interpolation).Apply(_images, training: true), 1e-4);
    }

    [Fact]
    public void NoAngleChangesNothing() => Close.To(_images.ToArray<float>(), new RandomRotation(0.0).Apply(_images, training: true));

    [Fact]
    public void AnglesAreUniform()
    {
        float[] angles = new RandomRotation((-0.1, 0.3), seed: 1).GetRandomTransformation(Ops.Ones([4000, 1, 1, 1]))!["angle"].ToArray<float>();
        Assert.All(angles, a => Assert.InRange(a, -36, 108));
        Assert.InRange(angles.Average(), 33, 39);
        Assert.InRange(angles.Count(a => a < 0) / 4000.0, 0.22, 0.28);
        float[] both = new RandomRotation(0.1, seed: 1).GetRandomTransformation(Ops.Ones([4000, 1, 1, 1]))!["angle"].ToArray<float>();
        Assert.All(both, a => Assert.InRange(a, -36, 36));
        Assert.InRange(both.Average(), -1.2, 1.2);
    }

    [Fact]
    public void WhatIsBeyondTheBorderFollowsTheFillMode()
    {
        // An eighth of a turn shows corners of what is beyond.
        Tensor ones = Ops.Ones([1, 9, 9, 1]);
        Assert.Contains(5f, new RandomRotation((0.125, 0.125), "constant", "nearest", fillValue: 5).Apply(ones, training: true).ToArray<float>());
        foreach (string mode in new[] { "reflect", "wrap", "nearest" }) Close.To(ones.ToArray<float>(), new RandomRotation((0.125, 0.125), mode).Apply(ones, training: true));
    }

    // converters_test.py: affine_transform turns boxes about the middle between the outer pixels, so their borders are up to a pixel from the mask's.
    [Fact]
    public void BoxesGoWithTheMask()
    {
        foreach (double quarter in new[] { 0.25, 0.5, -0.25 })
            MaskAndBox.Agree(new RandomRotation((quarter, quarter), "constant", seed: 4, boundingBoxFormat: "xyxy"), (12, 12), 1, [1, 2, 5, 9], [3, 3, 6, 6], [6, 1, 11, 4]);
    }

    [Fact]
    public void BoxesComeBackInTheirFormat()
    {
        Tensor boxes = Tensor.From<float>([2, 1, 4, 3], [1, 1, 4]), centers = Tensor.From<float>([3, 2, 2, 2], [1, 1, 4]);
        Tensor Turned(string format, Tensor given) => new RandomRotation((0.1, 0.1), boundingBoxFormat: format).ApplyAll(
            new Dictionary<string, Tensor> { ["images"] = Ops.Ones([1, 8, 8, 3]), ["bounding_boxes/boxes"] = given, ["bounding_boxes/labels"] = Ops.Ones([1, 1]) }, training: true)["bounding_boxes/boxes"];
        float[] c = Turned("xyxy", boxes).ToArray<float>();
        Close.To([(c[0] + c[2]) / 2, (c[1] + c[3]) / 2, c[2] - c[0], c[3] - c[1]], Turned("center_xywh", centers), 1e-4);
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'turn': factor", Assert.ThrowsAny<ArgumentException>(() => new RandomRotation(1.5, name: "turn")).Message);
        Assert.Contains("'turn'", Assert.ThrowsAny<ArgumentException>(() => new RandomRotation((2, 3), name: "turn")).Message);
        Assert.Contains("'turn'", Assert.ThrowsAny<ArgumentException>(() => new RandomRotation(0.1, "mirror", name: "turn")).Message);
        Assert.Contains("'turn'", Assert.ThrowsAny<ArgumentException>(() => new RandomRotation(0.1, interpolation: "bicubic", name: "turn")).Message);
    }
}
