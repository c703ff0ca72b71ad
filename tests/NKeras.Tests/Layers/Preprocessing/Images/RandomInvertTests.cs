using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomInvertTests
{
    // A likelihood drawn between 0 and 1 is one half on average.
    [Fact]
    public void TheFactorIsTheShareOfInvertedImages()
    {
        Drawn.Share(0.5, Drawn.By(new RandomInvert(seed: 1), "apply_inversion"));
        Drawn.Share(0.3, Drawn.By(new RandomInvert((0.3, 0.3), seed: 1), "apply_inversion"));
        Drawn.Share(1, Drawn.By(new RandomInvert((1, 1), seed: 1), "apply_inversion"));
        Drawn.Share(0, Drawn.By(new RandomInvert(0, seed: 1), "apply_inversion"));
    }

    // random_invert_test.py, test_random_invert_basic and test_random_invert_no_op.
    [Fact]
    public void InvertingTwiceGivesTheImageAgain()
    {
        Tensor images = Ops.Cast(RandomOps.Randint([2, 8, 8, 3], 0, 255, seed: 1), DType.Float32);
        RandomInvert layer = new((1, 1));
        Tensor inverted = layer.Apply(images, training: true);
        Assert.Equal((255.0 - images).ToArray<float>(), inverted.ToArray<float>());
        Assert.Equal(images.ToArray<float>(), layer.Apply(inverted, training: true).ToArray<float>());
        Close.To((1.0 - (images / 255.0)).ToArray<float>(), new RandomInvert((1, 1), (0, 1)).Apply(images / 255.0, training: true));
        Assert.Equal(images.ToArray<float>(), new RandomInvert(0).Apply(images, training: true).ToArray<float>());
    }

    [Fact]
    public void BadFactorsAreNamed()
    {
        foreach (Factor factor in new Factor[] { -0.1, 1.1 })
            Assert.Contains("'invert': factor", Assert.Throws<ArgumentException>(() => new RandomInvert(factor, name: "invert")).Message);
    }
}
