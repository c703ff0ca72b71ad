using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

/// <summary>Layers that look at all values of an image: AutoContrast, Equalization and CLAHE.</summary>
public sealed class HistogramLayerTests
{
    // auto_contrast_test.py, test_auto_contrast_different_values_per_channel and test_constant_channels_dont_get_nanned.
    [Fact]
    public void EachChannelIsStretched()
    {
        Tensor image = Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [1, 2, 2, 3]);
        Assert.Equal([0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255], new AutoContrast().Apply(image).ToArray<float>(), MixUpTests.Close);
        Assert.Equal([1, 1], new AutoContrast().Apply(Ops.Ones([1, 2, 1, 1])).ToArray<float>());
        Assert.Equal([-1, 1], new AutoContrast((-1, 1)).Apply(Tensor.From([-0.5f, 0.25f], [1, 2, 1, 1])).ToArray<float>(), MixUpTests.Close);
        Assert.Equal([0, 255], new AutoContrast().Apply(Tensor.From<byte>([0, 128], [1, 2, 1, 1])).ToArray<float>());
        // What fills the range already stays.
        Tensor full = Ops.Reshape(Ops.Arange(256, dtype: DType.Float32), [1, 16, 16, 1]);
        Assert.Equal(full.ToArray<float>(), new AutoContrast().Apply(full).ToArray<float>(), MixUpTests.Close);
    }

    // By definition: a value becomes 255 times the share, of those above the least value, that are not above it.
    [Fact]
    public void ValuesBecomeTheirPlaceAmongAll()
    {
        Tensor images = Tensor.From([0f, 7, 0, 7, 100, 7, 200, 7], [1, 2, 2, 2]);
        Assert.Equal([0, 7, 0, 7, 128, 7, 255, 7], new Equalization().Apply(images, training: true).ToArray<float>());
        // All images of a batch count together.
        Tensor batch = Tensor.From([0f, 0, 100, 200], [2, 2, 1, 1]);
        Assert.Equal([0, 0, 128, 255], new Equalization().Apply(batch, training: true).ToArray<float>());
        // With two bins the values below 255 are one.
        Assert.Equal([0, 0, 0, 255], new Equalization(bins: 2).Apply(Tensor.From([0f, 100, 200, 255], [1, 2, 2, 1]), training: true).ToArray<float>());
    }

    // equalization_test.py, test_equalizes_to_all_bins and test_output_range.
    [Theory]
    [InlineData(0, 255)]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    public void EvenlySpreadValuesBecomeAllLevels(double least, double most)
    {
        Tensor images = RandomOps.Uniform([2, 128, 128, 3], least, most, seed: 42);
        Tensor y = new Equalization((least, most)).Apply(images, training: true);
        float[] levels = [.. ((y - least) / (most - least) * 255.0).ToArray<float>().Select(v => MathF.Round(v)).Distinct().Order()];
        Assert.Equal(Enumerable.Range(0, 256).Select(i => (float)i), levels);
        Assert.All(y.ToArray<float>(), v => Assert.InRange(v, least - 1e-5, most + 1e-5));
    }

    // A run of Keras 3.16 on NumPy, with random bytes; without limit and with one that is whole.
    [Fact]
    public void PartsAreEqualisedAndBlended()
    {
        Tensor image = Tensor.From(
            [207f, 21, 45, 60, 46, 205, 222, 149, 10, 24, 85, 110, 159, 122, 67, 40, 177, 188, 8, 29, 115, 100, 227, 132, 107, 110, 170, 150, 44, 188], [1, 3, 5, 2]);
        float[] expected =
        [
            255, 42.5f, 42.5f, 127.5f, 99.16666f, 255, 255, 212.5f, 141.6667f, 77.91666f, 170, 170, 212.5f, 212.5f, 134.5833f, 99.16666f, 212.5f, 233.75f, 70.83333f, 148.75f,
            170, 106.25f, 255, 233.75f, 134.5833f, 155.8333f, 201.875f, 191.25f, 141.6667f, 251.4583f,
        ];
        Assert.Equal(expected, Clahe(0, (2, 2)).Apply(image).ToArray<float>(), MixUpTests.Close);
        ContrastLimitedAdaptiveHistogramEqualization first = new(clipLimit: 0, tileGridSize: (2, 2), dataFormat: "channels_first");
        Assert.Equal(expected, Ops.Transpose(first.Apply(Ops.Transpose(image, [0, 3, 1, 2])), [0, 2, 3, 1]).ToArray<float>(), MixUpTests.Close);

        Tensor few = Tensor.From([200f, 200, 200, 80, 80, 140, 140, 140, 200, 80, 200, 20, 20, 200, 200, 80], [1, 4, 4, 1]);
        float[] limited =
        [
            241.2903f, 241.2903f, 241.2903f, 83.75366f, 83.75366f, 162.522f, 162.522f, 162.522f, 241.2903f, 115.6598f, 241.2903f, 36.89149f, 68.79765f, 241.2903f, 241.2903f, 147.566f,
        ];
        Assert.Equal(limited, Clahe(64, (2, 2)).Apply(few).ToArray<float>(), MixUpTests.Close);
        // More parts than there are rows.
        float[] small = [255, 255, 255, 127.5f, 63.75f, 127.5f, 159.375f, 191.25f, 255, 127.5f, 255, 63.75f, 63.75f, 255, 255, 127.5f];
        Assert.Equal(small, Clahe(0, (8, 3)).Apply(few).ToArray<float>(), MixUpTests.Close);
        // The range of values is that of the results, too, and integers stay integers, cut off.
        ContrastLimitedAdaptiveHistogramEqualization unit = new((0, 1), 0, (8, 3));
        Assert.Equal(small.Select(v => v / 255), unit.Apply(few / 255.0).ToArray<float>(), MixUpTests.Close);
        Assert.Equal(small.Select(v => (byte)v), Clahe(0, (8, 3)).Apply(Ops.Cast(few, DType.UInt8)).ToArray<byte>());

        static ContrastLimitedAdaptiveHistogramEqualization Clahe(double clipLimit, Ints tiles) => new(clipLimit: clipLimit, tileGridSize: tiles);
    }

    // By definition: a part whose values are all as frequent as the limit allows keeps them, but for the first, which becomes 0.
    [Fact]
    public void ALimitOfNothingKeepsValues()
    {
        Tensor image = RandomOps.Randint([2, 6, 7, 3], 0, 256, seed: 1);
        Tensor y = new ContrastLimitedAdaptiveHistogramEqualization(clipLimit: 1e-6, tileGridSize: (2, 3)).Apply(Ops.Cast(image, DType.Float32));
        Assert.All(image.ToArray<int>().Zip(y.ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-2f));
    }

    [Fact]
    public void RangesOfValuesAreEquivalent()
    {
        Tensor x = (Ops.Cast(RandomOps.Randint([2, 6, 5, 3], 0, 256, seed: 1), DType.Float32) + 0.5) / 256.0;
        foreach (Func<Factor, Layer> make in new Func<Factor, Layer>[] { r => new AutoContrast(r), r => new Equalization(r, 16), r => new ContrastLimitedAdaptiveHistogramEqualization(r, 50, (2, 2)) })
        {
            float[] unit = make((0, 1)).Apply(x, training: true).ToArray<float>();
            Assert.All(unit.Zip((make((0, 255)).Apply(x * 255.0, training: true) / 255.0).ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-4f));
            Assert.All(unit.Zip(((make((-1, 1)).Apply((x * 2.0) - 1.0, training: true) + 1.0) / 2.0).ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-4f));
        }
    }
}
