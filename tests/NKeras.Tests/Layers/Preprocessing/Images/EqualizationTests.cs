using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class EqualizationTests
{
    // The number of pixels up to each value, less those of the first value, as a share of the others: of 10, 10, 20, 30 these are 0, 0, 1 and 2 of 2.
    [Fact]
    public void ValuesAreRanks()
    {
        Assert.Equal([0, 0, 128, 255], new Equalization().Apply(Tensor.From([10f, 10, 20, 30], [1, 2, 2, 1]), training: true).ToArray<float>());
        Close.To([0, 0, 128 / 255f, 1], new Equalization((0, 1)).Apply(Tensor.From([0.1f, 0.1f, 0.2f, 0.3f], [1, 2, 2, 1]), training: true));
        // Keras: pixels are counted in all images of a batch together, each channel by itself.
        Assert.Equal([0, 0, 0, 255, 128, 255, 255, 0], new Equalization().Apply(Tensor.From([10f, 5, 10, 9, 20, 9, 30, 5], [2, 1, 2, 2]), training: true).ToArray<float>());
    }

    // equalization_test.py, test_equalizes_to_all_bins and test_output_range.
    [Fact]
    public void AllLevelsOccur()
    {
        Tensor images = RandomOps.Uniform([2, 128, 128, 3], 0, 255, seed: 1);
        Assert.Equal(Enumerable.Range(0, 256).Select(i => (float)i), new Equalization().Apply(images, training: true).ToArray<float>().Distinct().Order());
        Assert.All(new Equalization((0, 1)).Apply(images / 255.0, training: true).ToArray<float>(), v => Assert.InRange(v, 0, 1));
    }

    // equalization_test.py, test_single_color_image and test_constant_regions.
    [Fact]
    public void OneColourStaysAndThreeSpread()
    {
        Assert.All(new Equalization().Apply(Ops.Full([1, 8, 8, 3], 128f), training: true).ToArray<float>(), v => Assert.Equal(128f, v));
        Tensor rows = Ops.Tile(Ops.Reshape(Tensor.From([50f, 100, 200]), [1, 3, 1, 1]), [1, 1, 4, 3]);
        Assert.Equal([0f, 128, 255], new Equalization().Apply(rows, training: true).ToArray<float>().Distinct());
    }

    // With fewer intervals there are fewer levels; without training nothing happens.
    [Fact]
    public void IntervalsMayBeFewer()
    {
        Tensor images = Ops.Cast(RandomOps.Randint([1, 32, 32, 1], 0, 256, seed: 1), DType.Float32);
        Assert.InRange(new Equalization(bins: 16).Apply(images, training: true).ToArray<float>().Distinct().Count(), 10, 16);
        Assert.Equal(images.ToArray<float>(), new Equalization().Apply(images, training: false).ToArray<float>());
        Assert.Contains("'equal'", Assert.ThrowsAny<ArgumentException>(() => new Equalization(bins: 0, name: "equal")).Message);
    }
}
