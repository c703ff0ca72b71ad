using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class ContrastLimitedAdaptiveHistogramEqualizationTests
{
    private readonly Tensor _image = Tensor.From([10f, 10, 20, 30], [1, 2, 2, 1]);

    // One part and no limit: the share of pixels up to each value, of 10, 10, 20, 30 these are 2, 2, 3 and 4 of 4.
    [Fact]
    public void OnePartIsEqualizedAsAWhole()
    {
        Close.To([127.5f, 127.5f, 191.25f, 255], new ContrastLimitedAdaptiveHistogramEqualization(clipLimit: 0, tileGridSize: (1, 1)).Apply(_image));
        // A limit of 300 times the mean count, 4/256, is above all counts.
        Close.To([127.5f, 127.5f, 191.25f, 255], new ContrastLimitedAdaptiveHistogramEqualization(clipLimit: 300, tileGridSize: (1, 1)).Apply(_image));
        Close.To([0.5f, 0.5f, 0.75f, 1], new ContrastLimitedAdaptiveHistogramEqualization((0, 1), 0, (1, 1)).Apply(_image / 255.0));
    }

    // A limit of 100 times the mean count, 4/256, is 1.6, of which 1 is left: of the two pixels of value 10 one goes to all 256 values in equal parts.
    [Fact]
    public void CountsAboveTheLimitAreGivenToAll()
    {
        float[] expected = [.. new[] { (10, 1), (10, 1), (20, 2), (30, 3) }.Select(p => (float)((p.Item2 + (p.Item1 / 256.0)) * 255 / (4 - (1 / 256.0))))];
        Close.To(expected, new ContrastLimitedAdaptiveHistogramEqualization(clipLimit: 100, tileGridSize: (1, 1)).Apply(_image));
    }

    // Two parts, side by side, 2 pixels wide: their levels apply in their middles, at 1 and 3, and are blended between.
    [Fact]
    public void PartsAreBlended()
    {
        Tensor image = Tensor.From([10f, 20, 10, 20, 10, 20, 20, 30], [1, 2, 4, 1]);
        // Left: 10 occurs twice, 20 twice. Right: 10 once, 20 twice, 30 once.
        float[] left = [127.5f, 255], right = [63.75f, 191.25f];
        float[] expected = [left[0], left[1], (left[0] + right[0]) / 2, right[1], left[0], left[1], (left[1] + right[1]) / 2, 255];
        Close.To(expected, new ContrastLimitedAdaptiveHistogramEqualization(clipLimit: 0, tileGridSize: (1, 2)).Apply(image));
    }

    // clahe_test.py, test_input_dtypes, test_output_range and test_grayscale_images.
    [Fact]
    public void TypesSizesAndRangesStay()
    {
        foreach (DType type in new[] { DType.Float32, DType.Int32, DType.UInt8 })
        {
            Tensor y = new ContrastLimitedAdaptiveHistogramEqualization().Apply(Ops.Cast(RandomOps.Randint([2, 33, 30, 1], 0, 256, seed: 1), type));
            Assert.Equal([2, 33, 30, 1], y.Shape);
            Assert.Equal(type, y.DType);
            Assert.All(Ops.Cast(y, DType.Float32).ToArray<float>(), v => Assert.InRange(v, 0, 255));
        }

        // Images smaller than the parts; and with or without training.
        Tensor small = RandomOps.Uniform([1, 3, 2, 3], seed: 1);
        ContrastLimitedAdaptiveHistogramEqualization layer = new((0, 1));
        Assert.All(layer.Apply(small, training: true).ToArray<float>(), v => Assert.InRange(v, 0, 1));
        Assert.Equal(layer.Apply(small, training: true).ToArray<float>(), layer.Apply(small, training: false).ToArray<float>());
    }

    [Fact]
    public void BadGridsAreNamed()
    {
        foreach (Ints grid in new Ints[] { 3, (0, 2), [2, 2, 2] })
            Assert.Contains("'clahe': tileGridSize", Assert.Throws<ArgumentException>(() => new ContrastLimitedAdaptiveHistogramEqualization(tileGridSize: grid, name: "clahe")).Message);
    }
}
