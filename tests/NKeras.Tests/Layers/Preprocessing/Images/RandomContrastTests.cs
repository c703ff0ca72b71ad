using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomContrastTests
{
    // Of a number only the upper half is left, since factors are from 0 to 1: Keras's _set_factor.
    [Fact]
    public void FactorsLieAroundOne()
    {
        Drawn.Evenly(1, 1.5, Drawn.By(new RandomContrast(0.5, seed: 1), "contrast_factor"));
        Drawn.Evenly(0.8, 1.4, Drawn.By(new RandomContrast((0.4, 0.2), seed: 1), "contrast_factor"));
    }

    // (x - mean) * factor + mean for each channel, cut off to the range.
    [Fact]
    public void DistancesFromTheMeanGrow()
    {
        Tensor images = Tensor.From([10f, 100, 30, 100, 20, 130, 20, 190], [1, 2, 2, 2]);
        Tensor y = new RandomContrast(0.5, (0, 200)).TransformImages(images, new() { ["contrast_factor"] = Ops.Full([1, 1, 1, 1], 2f) });
        Close.To([0, 70, 40, 70, 20, 130, 20, 200], y);
    }

    [Fact]
    public void NoStrengthChangesNothing()
    {
        Tensor images = RandomOps.Uniform([4, 5, 6, 3], 0, 255, seed: 1);
        Close.To(images.ToArray<float>(), new RandomContrast(0).Apply(images, training: true));
    }

    // random_contrast_test.py of Keras, and _set_factor: from 0 to 1.
    [Fact]
    public void BadFactorsAreNamed()
    {
        foreach (Factor factor in new Factor[] { -0.1, 1.1, (1.5, 2), (-2, -1) })
            Assert.Contains("'contrast': factor", Assert.Throws<ArgumentException>(() => new RandomContrast(factor, name: "contrast")).Message);
    }
}
