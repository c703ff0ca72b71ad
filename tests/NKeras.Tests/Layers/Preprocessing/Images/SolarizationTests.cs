using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class SolarizationTests
{
    // Keras: what is drawn begins at the first of two numbers itself, not at 255 times as much.
    [Fact]
    public void AdditionsAndThresholdsAreShares()
    {
        Solarization layer = new(0.4, (0.2, 0.6), seed: 1);
        Drawn.Evenly(0, 102, Drawn.By(layer, "additions"));
        Drawn.Evenly(0.2, 153, Drawn.By(layer, "thresholds"));
    }

    // solarization_test.py, test_output_values.
    [Theory]
    [InlineData(0, 255)]
    [InlineData(64, 191)]
    [InlineData(127, 128)]
    [InlineData(191, 64)]
    [InlineData(255, 0)]
    public void WithoutAThresholdAllIsInverted(byte value, float expected) =>
        Assert.All(new Solarization(valueRange: (0, 255)).Apply(Ops.Full([2, 4, 4, 3], value, DType.UInt8), training: true).ToArray<float>(), v => Assert.Equal(expected, v));

    // solarization_test.py, test_only_values_above_threshold_are_solarized; with what was added before.
    [Fact]
    public void OnlyValuesAboveTheThresholdAreInverted()
    {
        Tensor images = Tensor.From([0f, 100, 127, 128, 191, 255], [1, 1, 6, 1]);
        Assert.Equal([0, 100, 127, 127, 64, 0], new Solarization().TransformImages(images, Transformation(0, 128)).ToArray<float>());
        // 50 more: 50, 150, 177, 178, 241, 255.
        Assert.Equal([50, 105, 78, 77, 14, 0], new Solarization().TransformImages(images, Transformation(50, 128)).ToArray<float>());
        Close.To([0, 100 / 255f, 127 / 255f, 127 / 255f, 64 / 255f, 0], new Solarization(valueRange: (0, 1)).TransformImages(images / 255.0, Transformation(0, 128)));

        static Tensors Transformation(float addition, float threshold) => new() { ["additions"] = Ops.Full([1, 1, 1, 1], addition), ["thresholds"] = Ops.Full([1, 1, 1, 1], threshold) };
    }

    [Fact]
    public void InvertingTwiceGivesTheImageAgain()
    {
        Tensor images = RandomOps.Uniform([2, 4, 4, 3], 0, 255, seed: 1);
        Solarization layer = new();
        Close.To(images.ToArray<float>(), layer.Apply(layer.Apply(images, training: true), training: true), 1e-4);
    }

    [Fact]
    public void BadFactorsAreNamed()
    {
        foreach (Factor factor in new Factor[] { -0.1, 1.1, (0.5, 1.5), (-1, 0) })
        {
            Assert.Contains("'solar': additionFactor", Assert.Throws<ArgumentException>(() => new Solarization(additionFactor: factor, name: "solar")).Message);
            Assert.Contains("'solar': thresholdFactor", Assert.Throws<ArgumentException>(() => new Solarization(thresholdFactor: factor, name: "solar")).Message);
        }
    }
}
