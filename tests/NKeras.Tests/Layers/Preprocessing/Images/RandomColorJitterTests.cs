using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomColorJitterTests
{
    private readonly Tensor _images = RandomOps.Uniform([4, 6, 5, 3], 0, 255, seed: 1);

    // random_color_jitter_test.py: each step alone does what its layer does.
    [Fact]
    public void AStepAloneIsItsLayer()
    {
        Compare(new RandomColorJitter(brightnessFactor: 0.5, seed: 1), "brightness", new RandomBrightness(0.5));
        Compare(new RandomColorJitter(contrastFactor: 0.5, seed: 1), "contrast", new RandomContrast(0.5));
        Compare(new RandomColorJitter(saturationFactor: 0.5, seed: 1), "saturation", new RandomSaturation(0.5));
        Compare(new RandomColorJitter(hueFactor: 0.5, seed: 1), "hue", new RandomHue(0.5));

        void Compare(RandomColorJitter jitter, string step, BaseImagePreprocessingLayer layer)
        {
            Tensors drawn = jitter.GetRandomTransformation(_images)!, own = [];
            foreach (string key in drawn.Names!) own[key[(step.Length + 1)..]] = drawn[key];
            float[] y = jitter.TransformImages(_images, drawn).ToArray<float>();
            Assert.NotEqual(_images.ToArray<float>(), y);
            Assert.Equal(layer.TransformImages(_images, own).ToArray<float>(), y);
        }
    }

    [Fact]
    public void WithoutStrengthNothingHappens()
    {
        Assert.Equal(_images.ToArray<float>(), new RandomColorJitter().Apply(_images, training: true).ToArray<float>());
        Close.To(_images.ToArray<float>(), new RandomColorJitter(brightnessFactor: 0, contrastFactor: 0, saturationFactor: (0.5, 0.5), hueFactor: 0).Apply(_images, training: true), 1e-4);
    }

    [Fact]
    public void BadFactorsAreNamed()
    {
        Assert.Contains("'jitter': brightnessFactor", Assert.Throws<ArgumentException>(() => new RandomColorJitter(brightnessFactor: 2, name: "jitter")).Message);
        Assert.Contains("'jitter': contrastFactor", Assert.Throws<ArgumentException>(() => new RandomColorJitter(contrastFactor: -2, name: "jitter")).Message);
        Assert.Contains("'jitter': saturationFactor", Assert.Throws<ArgumentException>(() => new RandomColorJitter(saturationFactor: 2, name: "jitter")).Message);
        Assert.Contains("'jitter': hueFactor", Assert.Throws<ArgumentException>(() => new RandomColorJitter(hueFactor: 2, name: "jitter")).Message);
    }
}
