using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomTranslationTests
{
    private readonly Tensor _image = Ops.Reshape(Ops.Arange(20, dtype: DType.Float32), [1, 5, 4, 1]);

    // random_translation_test.py: rows (d c b a | a b c d | d c b a), (k k k | a b c d | k k k), (a b c d | a b c d | a b c d), (a a a | a b c d | d d d).
    [Theory]
    [InlineData("reflect", new float[] { 1, 0, 0, 1, 2, 3, 3, 2 })]
    [InlineData("constant", new float[] { 9, 9, 0, 1, 2, 3, 9, 9 })]
    [InlineData("wrap", new float[] { 2, 3, 0, 1, 2, 3, 0, 1 })]
    [InlineData("nearest", new float[] { 0, 0, 0, 1, 2, 3, 3, 3 })]
    public void WholePixelsMoveThePixels(string fillMode, float[] extended)
    {
        foreach (string interpolation in new[] { "nearest", "bilinear" })
        {
            // Two columns to the right, and to the left.
            RandomTranslation right = new(0.0, (0.5, 0.5), fillMode, interpolation, fillValue: 9), left = new(0.0, (-0.5, -0.5), fillMode, interpolation, fillValue: 9);
            float Number(float column, int row) => fillMode == "constant" && column == 9 ? 9 : column + (4 * row);
            Close.To([.. Enumerable.Range(0, 5).SelectMany(r => extended[..4].Select(c => Number(c, r)))], right.Apply(_image, training: true));
            Close.To([.. Enumerable.Range(0, 5).SelectMany(r => extended[4..].Select(c => Number(c, r)))], left.Apply(_image, training: true));
        }
    }

    [Fact]
    public void PositiveFactorsMoveDownAndToTheRight()
    {
        float[] moved = new RandomTranslation((0.2, 0.2), (0.25, 0.25), "constant", fillValue: -1).Apply(_image, training: true).ToArray<float>();
        Close.Equal([-1, -1, -1, -1, -1, 0, 1, 2, -1, 4, 5, 6, -1, 8, 9, 10, -1, 12, 13, 14], moved, 1e-4);
    }

    [Fact]
    public void HalfAPixelIsBetweenTwo() =>
        Close.To([0.5f, 1.5f, 2.5f, 3], new RandomTranslation(0.0, (-0.125, -0.125), "nearest").Apply(_image[.., ..1], training: true), 1e-4);

    [Fact]
    public void MovingBackRestoresWhatHasStayedInside()
    {
        Tensor images = RandomOps.Uniform([3, 8, 8, 2], seed: 1);
        Tensor there = new RandomTranslation((0.25, 0.25), (-0.5, -0.5), "wrap").Apply(images, training: true);
        Close.To(images.ToArray<float>(), new RandomTranslation((-0.25, -0.25), (0.5, 0.5), "wrap").Apply(there, training: true));
    }

    [Fact]
    public void NoFactorChangesNothing() => Close.To(_image.ToArray<float>(), new RandomTranslation(0.0, 0.0).Apply(_image, training: true));

    [Fact]
    public void ShiftsAreUniform()
    {
        Tensor shifts = new RandomTranslation((-0.1, 0.3), 0.2, seed: 1).GetRandomTransformation(Ops.Ones([4000, 10, 20, 1]))!["translations"];
        Assert.Equal([4000, 2], shifts.Shape);
        float[] right = shifts[.., 0].ToArray<float>(), down = shifts[.., 1].ToArray<float>();
        Assert.All(right, s => Assert.InRange(s, -4, 4));
        Assert.All(down, s => Assert.InRange(s, -1, 3));
        Assert.InRange(right.Average(), -0.15, 0.15);
        Assert.InRange(down.Average(), 0.93, 1.07);
    }

    [Fact]
    public void BoxesGoWithTheMask()
    {
        MaskAndBox.Agree(new RandomTranslation((0.25, 0.25), (-0.5, -0.5), "constant", boundingBoxFormat: "xyxy"), (8, 6), 0, [0, 0, 2, 3], [3, 2, 6, 4], [2, 6, 5, 7], [1, 1, 6, 8]);
        MaskAndBox.Agree(new RandomTranslation(0.5, 0.5, "constant", seed: 1, boundingBoxFormat: "xyxy"), (20, 16), 1, [3, 4, 9, 12], [6, 8, 10, 18], [2, 2, 14, 9], [8, 1, 15, 15]);
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'move': heightFactor", Assert.ThrowsAny<ArgumentException>(() => new RandomTranslation(1.5, 0.0, name: "move")).Message);
        Assert.Contains("'move': widthFactor", Assert.ThrowsAny<ArgumentException>(() => new RandomTranslation(0.0, (-2, 0), name: "move")).Message);
        Assert.Contains("'move'", Assert.ThrowsAny<ArgumentException>(() => new RandomTranslation(0.0, 0.0, "edge", name: "move")).Message);
    }
}
