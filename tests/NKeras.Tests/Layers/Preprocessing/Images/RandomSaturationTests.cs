using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomSaturationTests
{
    // factor / (1 - factor): 0.5 leaves images alone.
    [Fact]
    public void FactorsAreOdds()
    {
        float[] odds = Drawn.By(new RandomSaturation((0.2, 0.6), seed: 1), "factor");
        Drawn.Evenly(0.2, 0.6, [.. odds.Select(o => o / (1 + o))]);
    }

    // random_saturation_test.py, test_random_saturation_full_grayscale.
    [Fact]
    public void NoSaturationIsGray()
    {
        Tensor images = RandomOps.Uniform([2, 8, 8, 3], seed: 1), y = new RandomSaturation((0, 0)).Apply(images, training: true);
        float[] most = Ops.Max(images, axis: -1).ToArray<float>();
        for (int c = 0; c < 3; c++) Close.To(most, y[.., .., .., c]);
    }

    [Fact]
    public void AHalfLeavesImagesAlone()
    {
        Tensor images = RandomOps.Uniform([2, 8, 8, 3], seed: 1);
        Close.To(images.ToArray<float>(), new RandomSaturation((0.5, 0.5)).Apply(images, training: true));
        // Half of the saturation, then twice that.
        RandomSaturation layer = new(0.5);
        Tensor pale = layer.TransformImages(images, new() { ["factor"] = Tensor.From([0.5f, 0.25f]) });
        Close.To((Ops.RgbToHsv(images)[.., .., .., 1] * Tensor.From([0.5f, 0.25f], [2, 1, 1])).ToArray<float>(), Ops.RgbToHsv(pale)[.., .., .., 1]);
        Close.To(images.ToArray<float>(), layer.TransformImages(pale, new() { ["factor"] = Tensor.From([2f, 4f]) }), 1e-4);
    }

    [Fact]
    public void BadFactorsAreNamed()
    {
        foreach (Factor factor in new Factor[] { -1.1, 1.1 })
            Assert.Contains("'saturation': factor", Assert.Throws<ArgumentException>(() => new RandomSaturation(factor, name: "saturation")).Message);
    }
}
