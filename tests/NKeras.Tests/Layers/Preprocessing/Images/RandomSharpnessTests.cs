using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomSharpnessTests
{
    [Fact]
    public void FactorsAreEven()
    {
        Drawn.Evenly(0, 0.4, Drawn.By(new RandomSharpness(0.4, seed: 1), "factor"));
        Drawn.Evenly(0.2, 0.7, Drawn.By(new RandomSharpness((0.2, 0.7), seed: 1), "factor"));
    }

    // 0 is smooth, 0.5 the image, 1 as much beyond it; the kernel has 5/13 in its middle and 1/13 around.
    [Fact]
    public void FactorsLeadFromSmoothToSharp()
    {
        Tensor image = Ops.Reshape(Tensor.From([13f, 13, 13, 13, 26, 13, 13, 13, 13]), [1, 3, 3, 1]), images = Ops.Tile(image, [3, 1, 1, 1]);
        float[] y = new RandomSharpness(0.5).TransformImages(images, new() { ["factor"] = Tensor.From([0f, 0.5f, 1f]) }).ToArray<float>();
        // In the middle: (8 * 13 + 5 * 26) / 13 = 18; beyond the border is zero, so corners are (5 * 13 + 2 * 13 + 26) / 13 = 9 and edges (5 * 13 + 4 * 13 + 26) / 13 = 11.
        Close.Equal([9, 11, 9, 11, 18, 11, 9, 11, 9], y[..9], 1e-4);
        Close.Equal([13, 13, 13, 13, 26, 13, 13, 13, 13], y[9..18], 1e-4);
        Close.Equal([17, 15, 17, 15, 34, 15, 17, 15, 17], y[18..], 1e-4);
    }

    [Fact]
    public void AHalfLeavesImagesAlone()
    {
        Tensor images = RandomOps.Uniform([2, 8, 8, 3], 0, 255, seed: 1);
        Close.To(images.ToArray<float>(), new RandomSharpness((0.5, 0.5)).Apply(images, training: true));
    }

    [Fact]
    public void BadFactorsAreNamed()
    {
        foreach (Factor factor in new Factor[] { -0.1, 1.1 })
            Assert.Contains("'sharp': factor", Assert.Throws<ArgumentException>(() => new RandomSharpness(factor, name: "sharp")).Message);
    }
}
