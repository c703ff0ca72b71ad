using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomHueTests
{
    [Fact]
    public void HuesTurnBothWaysByHalfOfTheFactor()
    {
        float[] turns = Drawn.By(new RandomHue((0.2, 0.8), seed: 1), "factor");
        Drawn.Evenly(0.1, 0.4, [.. turns.Select(Math.Abs)]);
        Drawn.Share(0.5, [.. turns.Select(t => t > 0 ? 1f : 0f)]);
    }

    // On the wheel of hues a third leads from red to green, and from green to blue; a whole turn leads back.
    [Theory]
    [InlineData("channels_last", 255)]
    [InlineData("channels_first", 1)]
    public void AThirdOfATurnSwapsTheBasicColours(string format, int white)
    {
        RandomHue layer = new(0.5, (0, white), format);
        int[] shape = format == "channels_last" ? [3, 1, 1, 3] : [3, 3, 1, 1];
        Tensor images = Tensor.From([white, 0f, 0, 0, white, 0, 0, 0, white], shape);
        Close.To([0, white, 0, 0, 0, white, 0, white, 0], Turn(1 / 3f, 1 / 3f, 2 / 3f), 1e-4);
        Close.To(images.ToArray<float>(), Turn(1, -1, 0), 1e-4);

        Tensor Turn(params float[] factors) => layer.TransformImages(images, new() { ["factor"] = Tensor.From(factors) });
    }

    [Fact]
    public void TurningBackGivesTheImageAgain()
    {
        Tensor images = RandomOps.Uniform([3, 5, 6, 3], 0, 255, seed: 1);
        RandomHue layer = new(0.5);
        Tensor turned = layer.TransformImages(images, new() { ["factor"] = Tensor.From([0.3f, -0.4f, 0.2f]) });
        Assert.NotEqual(images.ToArray<float>(), turned.ToArray<float>());
        Close.To(images.ToArray<float>(), layer.TransformImages(turned, new() { ["factor"] = Tensor.From([-0.3f, 0.4f, -0.2f]) }), 1e-3);
        Close.To(images.ToArray<float>(), new RandomHue(0).Apply(images, training: true), 1e-4);
    }

    [Fact]
    public void BadFactorsAreNamed()
    {
        foreach (Factor factor in new Factor[] { -0.1, 1.1 })
            Assert.Contains("'hue': factor", Assert.Throws<ArgumentException>(() => new RandomHue(factor, name: "hue")).Message);
    }
}
