using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomColorDegenerationTests
{
    [Fact]
    public void FactorsAreEven()
    {
        Drawn.Evenly(0.2, 0.6, Drawn.By(new RandomColorDegeneration((0.2, 0.6), seed: 1), "factor"));
        Drawn.Evenly(-0.5, 0.5, Drawn.By(new RandomColorDegeneration(0.5, seed: 1), "factor"));
    }

    // The documentation: 0 leaves images alone, 1 makes them gray, between is between.
    [Fact]
    public void ColoursFadeToGray()
    {
        Tensor images = Tensor.From([100f, 0, 0, 0, 100, 0, 0, 0, 100], [3, 1, 1, 3]);
        Tensor y = new RandomColorDegeneration(0.5).TransformImages(images, new() { ["factor"] = Tensor.From([0f, 0.5f, 1f], [3, 1, 1, 1]) });
        // Gray is 0.2989, 0.587 and 0.114 of red, green and blue.
        Close.To([100, 0, 0, 29.35f, 79.35f, 29.35f, 11.4f, 11.4f, 11.4f], y, 1e-4);
        Close.To(images.ToArray<float>(), new RandomColorDegeneration((0, 0)).Apply(images, training: true));
    }

    [Fact]
    public void BadFactorsAreNamed()
    {
        foreach (Factor factor in new Factor[] { -1.1, 1.1 })
            Assert.Contains("'dull': factor", Assert.Throws<ArgumentException>(() => new RandomColorDegeneration(factor, name: "dull")).Message);
    }
}
