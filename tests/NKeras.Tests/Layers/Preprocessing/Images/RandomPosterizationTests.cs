using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomPosterizationTests
{
    // Whole numbers of bits from the first to the one before the last; 8 less them are shifted out.
    [Fact]
    public void BitsAreDrawnEvenly()
    {
        float[] shifts = Drawn.By(new RandomPosterization((2, 6), seed: 1), "shift_factor");
        Assert.Equal([3f, 4, 5, 6], shifts.Distinct().Order());
        foreach (float shift in new[] { 3f, 4, 5, 6 }) Assert.InRange(shifts.Count(s => s == shift) / (double)shifts.Length, 0.23, 0.27);
        Assert.Equal([5f, 6, 7], Drawn.By(new RandomPosterization(4, seed: 1), "shift_factor").Distinct().Order());
        Assert.Equal(Enumerable.Repeat(5f, 7), Drawn.By(new RandomPosterization((3, 3), seed: 1), "shift_factor", 7));
    }

    // random_posterization_test.py, test_random_posterization_basic.
    [Fact]
    public void OneBitIsLeft()
    {
        Tensor image = Tensor.From([128f, 235, 87, 12, 1, 23, 24, 18, 121], [1, 3, 3]);
        Assert.Equal([128, 128, 0, 0, 0, 0, 0, 0, 0], new RandomPosterization(1, (0, 255)).Apply(image, training: true).ToArray<float>());
    }

    [Fact]
    public void AllBitsAreTheImage()
    {
        Tensor images = Ops.Cast(RandomOps.Randint([2, 8, 8, 3], 0, 256, seed: 1), DType.Float32);
        Assert.Equal(images.ToArray<float>(), new RandomPosterization((8, 8)).Apply(images, training: true).ToArray<float>());
        Tensor coarse = new RandomPosterization((3, 3)).Apply(images, training: true);
        Assert.Equal((Ops.Floor(images / 32.0) * 32.0).ToArray<float>(), coarse.ToArray<float>());
        Assert.Equal(coarse.ToArray<float>(), new RandomPosterization((3, 3)).Apply(coarse, training: true).ToArray<float>());
    }

    [Fact]
    public void BadFactorsAreNamed()
    {
        foreach (Factor factor in new Factor[] { 0, 9, (9, 10) })
            Assert.Contains("'poster': factor", Assert.Throws<ArgumentException>(() => new RandomPosterization(factor, name: "poster")).Message);
    }
}
