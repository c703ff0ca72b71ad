using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomGrayscaleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void TheFactorIsTheShareOfGrayImages(double factor) => Drawn.Share(factor, Drawn.By(new RandomGrayscale(factor, seed: 1), "should_apply"));

    // random_grayscale_test.py, test_grayscale_conversion: all three channels are the same, and 0.2989 r + 0.587 g + 0.114 b.
    [Theory]
    [InlineData("channels_last")]
    [InlineData("channels_first")]
    public void ChannelsBecomeEqual(string format)
    {
        Tensor images = RandomOps.Uniform([2, 4, 4, 3], 0, 255, seed: 1), given = format == "channels_last" ? images : Ops.Transpose(images, [0, 3, 1, 2]);
        Tensor y = new RandomGrayscale(1, format).Apply(given, training: true);
        if (format == "channels_first") y = Ops.Transpose(y, [0, 2, 3, 1]);
        float[] gray = Ops.Sum(images * Tensor.From([0.2989f, 0.587f, 0.114f]), axis: -1).ToArray<float>();
        for (int c = 0; c < 3; c++) Close.To(gray, y[.., .., .., c], 1e-4);
        Assert.Equal(given.ToArray<float>(), new RandomGrayscale(0, format).Apply(given, training: true).ToArray<float>());
    }

    // random_grayscale_test.py, test_invalid_factor.
    [Fact]
    public void BadFactorsAreNamed()
    {
        foreach (double factor in new[] { -0.1, 1.1, double.NaN })
            Assert.Contains("'gray': factor", Assert.ThrowsAny<ArgumentException>(() => new RandomGrayscale(factor, name: "gray")).Message);
    }
}
