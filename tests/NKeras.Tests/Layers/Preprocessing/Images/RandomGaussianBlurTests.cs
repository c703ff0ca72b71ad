using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomGaussianBlurTests
{
    [Fact]
    public void TheFactorIsTheShareOfBlurredImages()
    {
        Drawn.Share(0.5, Drawn.By(new RandomGaussianBlur(seed: 1), "should_apply_blur"));
        Drawn.Share(0.3, Drawn.By(new RandomGaussianBlur((0.3, 0.3), seed: 1), "should_apply_blur"));
        Drawn.Share(0, Drawn.By(new RandomGaussianBlur(0, seed: 1), "should_apply_blur"));
        // Two deviations for a whole batch.
        RandomGaussianBlur layer = new(sigma: (0.2, 0.7), seed: 1);
        Drawn.Evenly(0.2, 0.7, [.. Enumerable.Range(0, 4000).SelectMany(_ => Drawn.By(layer, "blur_factor", 1))]);
    }

    // The first size and deviation are those along the columns, the second those along the rows; weights are exp(-x²/2σ²), and beyond the border is zero.
    [Theory]
    [InlineData("channels_last")]
    [InlineData("channels_first")]
    public void ADotBecomesABell(string format)
    {
        float[] dot = new float[49];
        dot[24] = 100;
        Tensor images = Tensor.From(dot, format == "channels_last" ? [1, 7, 7, 1] : [1, 1, 7, 7]);
        Tensors transformation = new() { ["should_apply_blur"] = Tensor.From([true]), ["blur_factor"] = Tensor.From([0.5f, 1]) };
        float[] y = new RandomGaussianBlur(kernelSize: (3, 5), dataFormat: format).TransformImages(images, transformation).ToArray<float>();
        double[] across = Bell(1, 0.5), down = Bell(2, 1);
        Close.Equal([.. down.SelectMany(d => across.Select(a => (float)(100 * d * a)))], y, 1e-4);

        static double[] Bell(int reach, double deviation)
        {
            double[] weights = [.. Enumerable.Range(-3, 7).Select(i => Math.Abs(i) > reach ? 0 : Math.Exp(-i * i / (2 * deviation * deviation)))];
            double sum = weights.Sum();
            return [.. weights.Select(w => w / sum)];
        }
    }

    [Fact]
    public void NoDeviationAndNoImagesChangeNothing()
    {
        Tensor images = RandomOps.Uniform([3, 6, 5, 3], 0, 255, seed: 1);
        Close.To(images.ToArray<float>(), new RandomGaussianBlur((1, 1), sigma: 0).Apply(images, training: true));
        Close.To(images.ToArray<float>(), new RandomGaussianBlur(0).Apply(images, training: true));
        Assert.NotEqual(images.ToArray<float>(), new RandomGaussianBlur((1, 1), sigma: (1, 1)).Apply(images, training: true).ToArray<float>());
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'blur': factor", Assert.Throws<ArgumentException>(() => new RandomGaussianBlur(1.1, name: "blur")).Message);
        Assert.Contains("'blur': sigma", Assert.Throws<ArgumentException>(() => new RandomGaussianBlur(sigma: -0.1, name: "blur")).Message);
        foreach (Ints size in new Ints[] { 4, (3, 2), [3, 3, 3] })
            Assert.Contains("'blur': kernelSize", Assert.Throws<ArgumentException>(() => new RandomGaussianBlur(kernelSize: size, name: "blur")).Message);
    }
}
