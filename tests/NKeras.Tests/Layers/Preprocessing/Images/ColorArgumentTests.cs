using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class ColorArgumentTests
{
    // Keras's get_config: what all image layers have comes first.
    [Fact]
    public void ConfigurationsHaveKerasKeysInItsOrder()
    {
        Check(new RandomContrast(0.5), "factor", "value_range", "seed");
        Check(new RandomBrightness(0.5), "factor", "value_range", "seed");
        Check(new RandomHue(0.5), "factor", "value_range", "seed");
        Check(new RandomSaturation(0.5), "factor", "value_range", "seed");
        Check(new RandomColorJitter(), "value_range", "brightness_factor", "contrast_factor", "saturation_factor", "hue_factor", "seed");
        Check(new RandomColorDegeneration(0.5), "factor", "value_range", "seed");
        Check(new RandomGrayscale(seed: 3), "factor");
        Check(new RandomSharpness(0.5), "factor", "value_range", "seed");
        Check(new RandomInvert(0.5), "factor", "value_range", "seed");
        Check(new RandomPosterization(5), "factor", "value_range", "seed");
        Check(new RandomGaussianBlur(), "factor", "kernel_size", "sigma", "value_range", "seed");
        Check(new AutoContrast(), "value_range");
        Check(new Equalization(), "bins", "value_range");
        Check(new Solarization(), "value_range", "addition_factor", "threshold_factor", "seed");
        Check(new ContrastLimitedAdaptiveHistogramEqualization(), "value_range", "clip_limit", "tile_grid_size");
        Assert.Equal(["name", "trainable", "dtype", "data_format", "bounding_box_format", "value_range"], new AutoContrast(boundingBoxFormat: "xyxy").GetConfig().Select(e => e.Key));

        static void Check(Layer layer, params string[] own) => Assert.Equal(["name", "trainable", "dtype", "data_format", .. own], layer.GetConfig().Select(e => e.Key));
    }

    // Keras's _set_factor.
    [Fact]
    public void ANumberIsThatMuchInBothDirectionsWithinTheBounds()
    {
        Assert.Equal([-0.2, 0.2], new RandomBrightness(0.2).Factor);
        Assert.Equal([-0.2, 0.2], new RandomBrightness(-0.2).Factor);
        Assert.Equal([-0.2, 0.2], new RandomSaturation(0.2).Factor);
        Assert.Equal([-0.2, 0.2], new RandomColorDegeneration(0.2).Factor);
        Assert.Equal([0, 0.2], new RandomContrast(0.2).Factor);
        Assert.Equal([0, 0.2], new RandomHue(0.2).Factor);
        Assert.Equal([0, 0.2], new RandomSharpness(0.2).Factor);
        Assert.Equal([0, 1], new RandomInvert().Factor);
        Assert.Equal([1, 5], new RandomPosterization(5).Factor);
        Assert.Equal([0.1, 0.4], new RandomHue((0.4, 0.1)).Factor);
        Assert.Equal([0, 0.3], new RandomGaussianBlur(sigma: 0.3).Sigma);
        Assert.Equal([5, 5], new RandomGaussianBlur(kernelSize: 5).KernelSize);
        Assert.Equal([0, 0.3], new Solarization(thresholdFactor: 0.3).ThresholdFactor);
        // Some layers sort the range of values, some keep it as it is.
        Assert.Equal([0, 1], new RandomBrightness(0.2, (1, 0)).ValueRange);
        Assert.Equal([1, 0], new RandomHue(0.2, (1, 0)).ValueRange);
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Refused("'x': factor", () => new RandomContrast(1.1, name: "x"));
        Refused("'x': factor", () => new RandomContrast(-0.1, name: "x"));
        Refused("'x': factor", () => new RandomBrightness(-1.1, name: "x"));
        Refused("'x': factor", () => new RandomBrightness((1.1, 1.2), name: "x"));
        Refused("'x': factor", () => new RandomHue(double.NaN, name: "x"));
        Refused("'x': factor", () => new RandomSaturation((-3, -2), name: "x"));
        Refused("'x': factor", () => new RandomPosterization(9, name: "x"));
        Refused("'x': factor", () => new RandomPosterization(2.5, name: "x"));
        Refused("'x': factor", () => new RandomGrayscale(1.1, name: "x"));
        Refused("'x': valueRange", () => new RandomBrightness(0.1, 10, name: "x"));
        Refused("'x': valueRange", () => new Equalization((double.NaN, 1), name: "x"));
        Refused("'x': bins", () => new Equalization(bins: 0, name: "x"));
        Refused("'x': kernelSize", () => new RandomGaussianBlur(kernelSize: 4, name: "x"));
        Refused("'x': sigma", () => new RandomGaussianBlur(sigma: 2, name: "x"));
        Refused("'x': additionFactor", () => new Solarization((0, 1.5), name: "x"));
        Refused("'x': thresholdFactor", () => new Solarization(thresholdFactor: -0.1, name: "x"));
        Refused("'x': tileGridSize", () => new ContrastLimitedAdaptiveHistogramEqualization(tileGridSize: (0, 8), name: "x"));
        Refused("'x': hueFactor", () => new RandomColorJitter(hueFactor: -0.5, name: "x"));
        Refused("'x': dataFormat", () => new AutoContrast(dataFormat: "first", name: "x"));

        static void Refused(string part, Func<Layer> make) => Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(make).Message);
    }

    [Fact]
    public void HuesAndGraysNeedThreeChannels()
    {
        foreach (Layer layer in new Layer[] { new RandomHue(0.5, name: "x"), new RandomSaturation(0.5, name: "x"), new RandomGrayscale(1, name: "x") })
            Assert.Contains("3 channels", Assert.ThrowsAny<ArgumentException>(() => layer.Apply(Ops.Ones([1, 4, 4, 2]), training: true)).Message);
    }
}
