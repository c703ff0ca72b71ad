using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomBrightnessTests
{
    [Fact]
    public void ShiftsAreSharesOfTheRange()
    {
        Drawn.Evenly(-127.5, 127.5, Drawn.By(new RandomBrightness(0.5, seed: 1), "rgb_delta"));
        Drawn.Evenly(-127.5, 127.5, Drawn.By(new RandomBrightness(-0.5, seed: 1), "rgb_delta"));
        Drawn.Evenly(-0.4, 1, Drawn.By(new RandomBrightness((0.5, -0.2), (-1, 1), seed: 1), "rgb_delta"));
    }

    // random_brightness_test.py, test_correctness.
    [Fact]
    public void PositiveFactorsMakeBrighterAndNegativeOnesDarker()
    {
        Tensor images = RandomOps.Randint([224, 224, 3], 0, 255, seed: 1);
        Tensor brighter = new RandomBrightness((0.1, 1)).Apply(images, training: true) - images, darker = new RandomBrightness((-1, -0.1)).Apply(images, training: true) - images;
        Assert.True(Ops.Min(brighter).Item<int>() >= 0 && Ops.Max(brighter).Item<int>() > 0);
        Assert.True(Ops.Max(darker).Item<int>() <= 0 && Ops.Min(darker).Item<int>() < 0);
    }

    // The documentation: at -1 the image is black, at 1 white; and values are cut off to the range.
    [Fact]
    public void TheUtmostFactorsMakeBlackAndWhite()
    {
        Tensor images = RandomOps.Uniform([2, 4, 4, 3], 0, 1, seed: 1);
        Assert.All(new RandomBrightness((1, 1), (0, 1)).Apply(images, training: true).ToArray<float>(), v => Assert.Equal(1f, v));
        Assert.All(new RandomBrightness((-1, -1), (0, 1)).Apply(images, training: true).ToArray<float>(), v => Assert.Equal(0f, v));
        Assert.Equal(images.ToArray<float>(), new RandomBrightness(0, (0, 1)).Apply(images, training: true).ToArray<float>());
    }

    // Bytes are not carried over: 250 and 20 more are 255.
    [Fact]
    public void BytesAreCutOffToo()
    {
        Tensor images = Tensor.From(new byte[] { 250, 10, 5, 0 }, [1, 2, 2, 1]);
        RandomBrightness layer = new(0.5);
        Tensor brighter = layer.TransformImages(images, new() { ["rgb_delta"] = Ops.Full([1, 1, 1, 1], 20f) }), darker = layer.TransformImages(images, new() { ["rgb_delta"] = Ops.Full([1, 1, 1, 1], -8f) });
        Assert.Equal(new byte[] { 255, 30, 25, 20 }, brighter.ToArray<byte>());
        Assert.Equal(new byte[] { 242, 2, 0, 0 }, darker.ToArray<byte>());
    }

    // random_brightness_test.py, test_factor_range_below_lower_bound and test_factor_range_above_upper_bound.
    [Fact]
    public void BadFactorsAreNamed()
    {
        foreach (Factor factor in new Factor[] { -1.1, 1.1, (1.5, 2) })
            Assert.Contains("'bright': factor", Assert.Throws<ArgumentException>(() => new RandomBrightness(factor, name: "bright")).Message);
    }
}
