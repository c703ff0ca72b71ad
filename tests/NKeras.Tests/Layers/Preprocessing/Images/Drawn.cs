using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

/// <summary>What layers draw for many images.</summary>
internal static class Drawn
{
    /// <summary>The numbers of that name, for so many images.</summary>
    public static float[] By(BaseImagePreprocessingLayer layer, string name, int images = 20000) =>
        Ops.Cast(layer.GetRandomTransformation(Ops.Zeros([images, 1, 1, 3]))![name], DType.Float32).ToArray<float>();

    /// <summary>Fails unless numbers are spread evenly between two: their bounds, their mean and their variance.</summary>
    public static void Evenly(double low, double high, float[] values)
    {
        double width = high - low, mean = values.Average(v => (double)v);
        Assert.All(values, v => Assert.InRange(v, low - 1e-5, high + 1e-5));
        Assert.InRange(values.Min(), low - 1e-5, low + (0.01 * width));
        Assert.InRange(values.Max(), high - (0.01 * width), high + 1e-5);
        Assert.InRange(mean, low + (0.48 * width), low + (0.52 * width));
        Assert.InRange(values.Average(v => (v - mean) * (v - mean)), 0.95 * width * width / 12, 1.05 * width * width / 12);
    }

    /// <summary>Fails unless that share of numbers is 1 and all others are 0.</summary>
    public static void Share(double expected, float[] values)
    {
        Assert.All(values, v => Assert.True(v is 0 or 1));
        Assert.InRange(values.Average(), expected - 0.02, expected + 0.02);
    }
}
