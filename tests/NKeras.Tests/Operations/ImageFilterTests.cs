using NKeras.Core;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary>Colours, filters, borders and patches of images.</summary>
public sealed class ImageFilterTests
{
    private static readonly Tensor s_images = Tensor.From<float>([.. Enumerable.Range(0, 2 * 4 * 6 * 3).Select(i => 0.5f + (0.5f * MathF.Sin(i)))], [2, 4, 6, 3]);

    private static Tensor First(Tensor images) => Ops.Transpose(images, images.Rank == 4 ? [0, 3, 1, 2] : [2, 0, 1]);

    [Fact]
    public void GrayIsTheBrightness()
    {
        Tensor pixel = Tensor.From<float>([1, 2, 4], [1, 1, 3]);
        Assert.Equal(0.2989f + (2 * 0.587f) + (4 * 0.114f), Ops.RgbToGrayscale(pixel).Item<float>(), 1e-6);
        RecordedData.AssertClose("channels first", First(Ops.RgbToGrayscale(s_images)), Ops.RgbToGrayscale(First(s_images), "channels_first"));
        // The weights add up to 0.9999, and Keras cuts off.
        Assert.Equal([254], Ops.RgbToGrayscale(Tensor.From<byte>([255, 255, 255], [1, 1, 3])).ToArray<byte>());
        Assert.Equal([7], Ops.RgbToGrayscale(Tensor.From<byte>([7], [1, 1, 1])).ToArray<byte>());
        Assert.Equal([null, 8, 8, 1], Ops.RgbToGrayscale(new Input([8, 8, null])).Shape);
        Assert.Equal([null, 1, null, 8], Ops.RgbToGrayscale(new Input([3, null, 8]), "channels_first").Shape);
        Assert.Throws<ArgumentException>(() => Ops.RgbToGrayscale(Ops.Zeros([4, 4, 4])));
        Assert.Throws<ArgumentException>(() => Ops.RgbToGrayscale(Ops.Zeros([3, 3])));
    }

    [Theory]
    [InlineData(1, 0, 0, 0, 1, 1)]
    [InlineData(0, 1, 0, 1 / 3.0, 1, 1)]
    [InlineData(0, 0, 0.5, 2 / 3.0, 1, 0.5)]
    [InlineData(1, 1, 0, 1 / 6.0, 1, 1)]
    [InlineData(1, 0, 0.5, 11 / 12.0, 1, 1)]
    [InlineData(0.4, 0.4, 0.4, 0, 0, 0.4)]
    [InlineData(0, 0, 0, 0, 0, 0)]
    public void ColoursHaveHueSaturationAndValue(double r, double g, double b, double hue, double saturation, double value)
    {
        Tensor rgb = Tensor.From([r, g, b], [1, 1, 3]), hsv = Tensor.From([hue, saturation, value], [1, 1, 3]);
        RecordedData.AssertClose("hsv", hsv, Ops.RgbToHsv(rgb));
        RecordedData.AssertClose("rgb", rgb, Ops.HsvToRgb(hsv));
    }

    [Fact]
    public void ColoursComeBack()
    {
        RecordedData.AssertClose("last", s_images, Ops.HsvToRgb(Ops.RgbToHsv(s_images)));
        RecordedData.AssertClose("first", First(s_images), Ops.HsvToRgb(Ops.RgbToHsv(First(s_images), "channels_first"), "channels_first"));
        Assert.Equal(DType.BFloat16, Ops.RgbToHsv(Ops.Cast(s_images, "bfloat16")).DType);
        Assert.Equal([null, 8, 8, null], Ops.HsvToRgb(new Input([8, 8, null])).Shape);
        Assert.Throws<ArgumentException>(() => Ops.RgbToHsv(Ops.Zeros([4, 4, 3], "int32")));
        Assert.Throws<ArgumentException>(() => Ops.HsvToRgb(Ops.Zeros([4, 4, 3]), "channels_first"));
    }

    [Fact]
    public void BlurWeighsNeighbours()
    {
        Tensor point = Ops.Reshape(Ops.OneHot(12, 25), [5, 5, 1]);
        double e = Math.Exp(-0.5), sum = 1 + (2 * e), e2 = Math.Exp(-2), sum2 = 1 + (2 * e2);
        Tensor blurred = Ops.Reshape(Ops.GaussianBlur(point, (3, 3), [1, 0.5]), [5, 5]);
        // sigma is (along the rows, along the columns).
        RecordedData.AssertClose("row", new float[] { 0, (float)(e / sum / sum2), (float)(1 / sum / sum2), (float)(e / sum / sum2), 0 }, blurred[2]);
        RecordedData.AssertClose("column", new float[] { 0, (float)(e2 / sum / sum2), (float)(1 / sum / sum2), (float)(e2 / sum / sum2), 0 }, blurred[.., 2]);
        RecordedData.AssertClose("first", First(Ops.GaussianBlur(s_images, (2, 5))), Ops.GaussianBlur(First(s_images), (2, 5), dataFormat: "channels_first"));
        RecordedData.AssertClose("alone", s_images, Ops.GaussianBlur(s_images, (1, 1)));
        Assert.Equal([null, null, 8, 3], Ops.GaussianBlur(new Input([null, 8, 3])).Shape);
        Assert.Equal(DType.UInt8, Ops.GaussianBlur(Ops.Ones([4, 4, 1], "uint8")).DType);
        Assert.Throws<ArgumentException>(() => Ops.GaussianBlur(s_images, 3));
        Assert.Throws<ArgumentException>(() => Ops.GaussianBlur(s_images, sigma: [1, 0]));
    }

    [Fact]
    public void EdgesAreDifferences()
    {
        // f(y, x) = 2 y + 3 x: the slope of Sobel's filters is 8 times that, halved at the border, where the outermost element stands for its neighbour.
        Tensor plane = Tensor.From<float>([.. Enumerable.Range(0, 12).Select(i => (2f * (i / 4)) + (3 * (i % 4)))], [1, 3, 4, 1]);
        Tensor edges = Ops.SobelEdges(plane);
        Assert.Equal([1, 3, 4, 1, 2], edges.Shape);
        Assert.Equal([8f, 8, 8, 8, 16, 16, 16, 16, 8, 8, 8, 8], edges[.., .., .., .., 0].ToArray<float>());
        Assert.Equal([12f, 24, 24, 12, 12, 24, 24, 12, 12, 24, 24, 12], edges[.., .., .., .., 1].ToArray<float>());
        RecordedData.AssertClose("first", Ops.Transpose(Ops.SobelEdges(s_images), [0, 3, 1, 2, 4]), Ops.SobelEdges(First(s_images), "channels_first"));
        Assert.Equal([null, null, 4, 3, 2], Ops.SobelEdges(new Input([null, 4, 3])).Shape);
        Assert.Throws<ArgumentException>(() => Ops.SobelEdges(Ops.Zeros([3, 4, 1])));
    }

    [Fact]
    public void SimilarityIsThatOfItsDefinition()
    {
        Tensor x = Ops.Resize(s_images, (12, 13)), y = x * 0.5;
        Assert.All(Ops.Ssim(x, x).ToArray<float>(), s => Assert.Equal(1, s, 1e-5));
        // A filter of one element has no variance: means alone are compared.
        double c = Math.Pow(0.01, 2);
        Tensor expected = Ops.Mean(((2 * x * y) + c) / ((x * x) + (y * y) + c), [1, 2, 3]);
        RecordedData.AssertClose("one element", expected, Ops.Ssim(x, y, filterSize: 1));
        RecordedData.AssertClose("first", Ops.Ssim(x, y), Ops.Ssim(First(x), First(y), dataFormat: "channels_first"));
        RecordedData.AssertClose("scale", Ops.Ssim(x, y), Ops.Ssim(x * 255, y * 255, maxVal: 255));
        RecordedData.AssertClose("one", Ops.Ssim(x, y)[0], Ops.Ssim(x[0], y[0]));
        Assert.InRange(Ops.Ssim(Ops.Cast(x * 255, "uint8"), Ops.Cast(y * 255, "uint8"), 255)[0].Item<float>(), 0.1f, 0.99f);
        Assert.Equal([null], Ops.Ssim(new Input([null, null, 3]), new Input([20, 20, 3])).Shape);
        Assert.Throws<ArgumentException>(() => Ops.Ssim(x, y[.., 1..]));
        Assert.Throws<ArgumentException>(() => Ops.Ssim(s_images, s_images));
    }

    [Fact]
    public void BordersAreAddedAndCutOff()
    {
        Tensor padded = Ops.PadImages(s_images, 1, 2, targetHeight: 8, targetWidth: 9);
        Assert.Equal([2, 8, 9, 3], padded.Shape);
        RecordedData.AssertClose("inside", s_images, padded[.., 1..5, 2..8]);
        Assert.Equal(Ops.Sum(s_images).Item<float>(), Ops.Sum(padded).Item<float>(), 1e-3);
        foreach (Tensor cut in (Tensor[])
        [
            Ops.CropImages(padded, 1, 2, 3, 1), Ops.CropImages(padded, 1, 2, targetHeight: 4, targetWidth: 6),
            Ops.CropImages(padded, bottomCropping: 3, rightCropping: 1, targetHeight: 4, targetWidth: 6),
        ]) RecordedData.AssertClose("cut", s_images, cut);
        Tensor first = Ops.PadImages(First(s_images), bottomPadding: 1, rightPadding: 0, targetHeight: 5, targetWidth: 8, dataFormat: "channels_first");
        RecordedData.AssertClose("first", First(s_images), Ops.CropImages(first, 0, 2, 1, 0, dataFormat: "channels_first"));
    }

    [Fact]
    public void BordersOfUnknownImages()
    {
        Input x = new([null, 5, 3]);
        Assert.Equal([null, null, 9, 3], Ops.PadImages(x, 1, 2, 3, targetWidth: 9).Shape);
        Assert.Equal([null, 7, 8, 3], Ops.PadImages(x, 1, 2, rightPadding: 1, targetHeight: 7).Shape);
        Assert.Equal([null, 2, 4, 3], Ops.CropImages(x, 1, 1, rightCropping: 0, targetHeight: 2).Shape);
        Assert.Contains("targetHeight", Assert.Throws<ArgumentException>(() => Ops.CropImages(x, 1, 1, 1, 1)).Message);
        Assert.Throws<ArgumentException>(() => Ops.PadImages(x, 1, 2, 3, 4, targetWidth: 9));
        Assert.Throws<ArgumentException>(() => Ops.PadImages(x, 1, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.PadImages(x, 1, 2, 3, targetWidth: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.PadImages(x, -1, 2, 3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.CropImages(s_images, 3, 0, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.CropImages(s_images, 0, 0, targetHeight: 5, targetWidth: 2));
    }

    [Fact]
    public void PatchesArePutTogetherAgain()
    {
        RecordedData.AssertClose("valid", s_images, Ops.ReconstructPatches(Ops.ExtractPatches(s_images, 2), 2, (4, 6)));
        RecordedData.AssertClose("same", s_images, Ops.ReconstructPatches(Ops.ExtractPatches(s_images, (3, 5), padding: "same"), (3, 5), (4, 6), padding: "same"));
        Tensor first = Ops.ExtractPatches(First(s_images), (2, 3), dataFormat: "channels_first");
        Assert.Equal([2, 18, 2, 2], first.Shape);
        RecordedData.AssertClose("first", First(s_images), Ops.ReconstructPatches(first, (2, 3), (4, 6), dataFormat: "channels_first"));
        Tensor volume = Ops.Reshape(s_images, [4, 6, 6, 1]);
        Tensor patches = Ops.ExtractPatches3d(volume, 2);
        Assert.Equal([2, 3, 3, 8], patches.Shape);
        RecordedData.AssertClose("volume", volume, Ops.ReconstructPatches(patches, (2, 2, 2), (4, 6, 6), strides: 2));
    }

    [Fact]
    public void PatchesOverlapAndHaveHoles()
    {
        Tensor row = Tensor.From<int>([1, 2, 3, 4, 5], [1, 5, 1]);
        Assert.Equal([1, 2, 2, 3, 3, 4, 4, 5], Ops.ExtractPatches(row, (1, 2), strides: 1).ToArray<int>());
        Assert.Equal([1, 3, 2, 4, 3, 5], Ops.ExtractPatches(row, (1, 2), strides: 1, dilationRate: 2).ToArray<int>());
        Assert.Equal([1, 2, 3, 4, 5, 0], Ops.ExtractPatches(row, (1, 2), padding: "same").ToArray<int>());
        Assert.Equal([null, null, 2, 12], Ops.ExtractPatches(new Input([null, 5, 3]), 2).Shape);
        Assert.Equal([null, 24, 2, null, 2], Ops.ExtractPatches3d(new Input([3, 4, null, 5]), 2, dataFormat: "channels_first").Shape);
        Assert.Equal([null, 9, 8, 3], Ops.ReconstructPatches(new Input([null, 4, 12]), 2, (9, 8), padding: "same").Shape);
        Assert.Throws<ArgumentException>(() => Ops.ExtractPatches(row, [1, 1, 1, 1]));
        Assert.Throws<ArgumentException>(() => Ops.ExtractPatches(Ops.Zeros([5]), 1));
        Assert.Throws<ArgumentException>(() => Ops.ExtractPatches(row, 1, padding: "full"));
        Assert.Throws<ArgumentException>(() => Ops.ReconstructPatches(Ops.Zeros([2, 2, 12]), 2, (5, 4)));
        Assert.Throws<ArgumentException>(() => Ops.ReconstructPatches(Ops.Zeros([2, 2, 12]), 2, (4, 4), strides: 1));
        Assert.Throws<ArgumentException>(() => Ops.ReconstructPatches(new Input([2, 2, 13]), 2, (4, 4)));
    }

    [Fact]
    public void FiltersHaveGradients()
    {
        using WideScope scope = WideScope.Wanted();
        Tensor images = Tensor.From<double>([.. Enumerable.Range(0, 36).Select(i => 0.5 + (0.4 * Math.Sin((7 * i) + 1)))], [1, 3, 4, 3]);
        GradientCheck.Of(x => Ops.GaussianBlur(x, (3, 2), [0.7, 1.3]), images);
        GradientCheck.Of(x => Ops.SobelEdges(x), images);
        GradientCheck.Of(x => Ops.RgbToGrayscale(x), images);
        GradientCheck.Of(x => Ops.RgbToHsv(x), images);
        GradientCheck.Of(x => Ops.HsvToRgb(x), images);
        GradientCheck.Of(x => Ops.PadImages(x, 1, 2, 0, 1), images);
        GradientCheck.Of(x => Ops.CropImages(x, 1, 2, 0, 1), images);
        GradientCheck.Of(x => Ops.ExtractPatches(x, 2, strides: 1), images);
        GradientCheck.Of(x => Ops.ExtractPatches(x, 2, padding: "same"), images);
        GradientCheck.Of((x, y) => Ops.Ssim(x, y, filterSize: 3), images, 1 - images);
    }

    [Fact]
    public void ModelsWithFiltersAreSavedAndRead()
    {
        Input x = new([4, 6, 3]);
        Tensor[] results =
        [
            Ops.RgbToGrayscale(x), Ops.RgbToHsv(x), Ops.HsvToRgb(x), Ops.GaussianBlur(x, (3, 5), [0.5, 1.5]), Ops.SobelEdges(x), Ops.Ssim(x, x * 0.5, filterSize: 3), Ops.PadImages(x, 1, 2, 0, 1),
            Ops.CropImages(x, 1, 2, targetHeight: 2, targetWidth: 2), Ops.ExtractPatches(x, 2, strides: 1), Ops.ReconstructPatches(Ops.ExtractPatches(x, 2), 2, (4, 6)),
            Ops.AffineTransform(x, new float[] { 1, 0, 0.5f, 0, 1, 0, 0, 0 }, fillMode: "wrap"), Ops.ElasticTransform(x, alpha: 0, seed: 3),
        ];
        Model model = new(x, KerasTensors.Create([.. results.Cast<KerasTensor>()]));
        Tensors expected = model.PredictAll(s_images), read = Model.FromJson(model.ToJson()).PredictAll(s_images);
        for (int i = 0; i < results.Length; i++) RecordedData.AssertClose($"result {i}", expected[i], read[i]);
    }
}
