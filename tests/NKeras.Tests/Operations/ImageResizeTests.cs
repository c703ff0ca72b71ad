using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary>Sizes of images. Numbers that are no definition's come from the NumPy backend of Keras 3.16.</summary>
public sealed class ImageResizeTests
{
    private static readonly string[] s_interpolations = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"];

    /// <summary>The squares of 0 to 11 in three rows.</summary>
    private static readonly Tensor s_squares = Tensor.From<float>([.. Enumerable.Range(0, 12).Select(i => (float)i * i)], [3, 4, 1]);

    [Theory]
    [InlineData("nearest", false, new[] { 0f, 4, 9, 64, 100, 121 })]
    [InlineData("bilinear", false, new[] { 4.5f, 9.5f, 17.833332f, 54.5f, 75.5f, 99.833328f })]
    [InlineData("bilinear", true, new[] { 7.2f, 13, 21.6f, 50.2f, 68, 88.6f })]
    [InlineData("bicubic", false, new[] { 2.2044914f, 6.25f, 14.340366f, 56.829223f, 79.47628f, 106.16819f })]
    [InlineData("bicubic", true, new[] { 4.2187796f, 9.7492428f, 18.572758f, 50.489609f, 70.487602f, 93.778656f })]
    [InlineData("lanczos3", false, new[] { 0.0955717f, 3.3928533f, 11.368805f, 57.413448f, 80.550011f, 108.36525f })]
    [InlineData("lanczos3", true, new[] { 2.4472003f, 7.6099281f, 16.367004f, 50.765999f, 71.502274f, 95.832909f })]
    [InlineData("lanczos5", false, new[] { -1.6472255f, 0.6845021f, 8.2433748f, 59.430492f, 82.120071f, 110.03679f })]
    [InlineData("lanczos5", true, new[] { 1.8063793f, 6.7259016f, 15.391782f, 51.126461f, 71.913322f, 96.446549f })]
    public void ResizeInterpolates(string interpolation, bool antialias, float[] expected)
    {
        Tensor small = Tensor.From<float>(expected, [2, 3, 1]);
        RecordedData.AssertClose("one image", small, Ops.Resize(s_squares, (2, 3), interpolation, antialias));
        Tensor channels = Ops.Concatenate([s_squares, s_squares * 2], 2), batch = Ops.Concatenate([Ops.ExpandDims(channels, 0), Ops.ExpandDims(-channels, 0)]);
        Tensor result = Ops.Resize(Ops.Transpose(batch, [0, 3, 1, 2]), (2, 3), interpolation, antialias, dataFormat: "channels_first");
        RecordedData.AssertClose("a batch, channels first", Ops.Reshape(small * -2, [2, 3]), result[1, 1]);
    }

    [Fact]
    public void ResizeToTheSameSizeIsTheIdentity()
    {
        foreach (string interpolation in s_interpolations)
        {
            Assert.Equal(s_squares.ToArray<float>(), Ops.Resize(s_squares, (3, 4), interpolation).ToArray<float>());
            Tensor larger = Ops.Resize(Ops.Ones([2, 5, 3, 2]), (7, 4), interpolation);
            RecordedData.AssertClose("constant", Ops.Ones([2, 7, 4, 2]), larger);
        }
    }

    [Fact]
    public void ResizeKeepsTheType()
    {
        foreach (DType type in (DType[])["uint8", "int16", "int64", "float16", "bfloat16", "float64"])
        {
            foreach (string interpolation in s_interpolations) Assert.Equal(type, Ops.Resize(Ops.Ones([2, 2, 1], type), (3, 3), interpolation).DType);
        }

        // Keys's cubic overshoots beside the step: 15 · -1/16 + … leaves the range of bytes on both sides.
        Tensor step = Tensor.From<byte>([0, 0, 255, 255], [1, 4, 1]);
        byte[] large = Ops.Resize(step, (1, 8), "bicubic").ToArray<byte>();
        float[] exact = Ops.Resize(Ops.Cast(step, "float32"), (1, 8), "bicubic").ToArray<float>();
        Assert.True(exact.Min() < -1 && exact.Max() > 256);
        Assert.Equal(exact.Select(e => (byte)Math.Clamp(MathF.Round(e), 0, 255)), large);
    }

    [Fact]
    public void ResizeCropsOrPadsToKeepProportions()
    {
        Tensor wide = Tensor.From<float>([0, 1, 2, 3, 4, 5, 6, 7], [2, 4, 1]);
        Assert.Equal([1f, 2, 5, 6], Ops.Resize(wide, (2, 2), cropToAspectRatio: true).ToArray<float>());
        Assert.Equal([9f, 9, 9, 9, 0, 1, 2, 3, 4, 5, 6, 7, 9, 9, 9, 9], Ops.Resize(wide, (4, 4), "nearest", padToAspectRatio: true, fillValue: 9).ToArray<float>());
        Assert.Equal([2, 3, 3], Ops.Resize(Ops.Reshape(wide, [2, 2, 2]), (3, 3), padToAspectRatio: true, dataFormat: "channels_first").Shape);
    }

    [Fact]
    public void ResizeKnowsShapesBeforeData()
    {
        Assert.Equal([null, 4, 5, 3], Ops.Resize(new Input([null, null, 3]), (4, 5)).Shape);
        Assert.Equal([null, 3, 4, 5], Ops.Resize(new Input([3, 8, 8]), (4, 5), padToAspectRatio: true, dataFormat: "channels_first").Shape);
        Assert.Equal([4, 5, null], Ops.Resize(new Input(batchShape: [null, null, null]), (4, 5), "lanczos5").Shape);
    }

    [Fact]
    public void ResizeRefusesWhatHasNoMeaning()
    {
        Assert.Contains("(10, 10)", Assert.Throws<ArgumentException>(() => Ops.Resize(Ops.Zeros([10, 10]), (5, 5))).Message);
        Assert.Contains("(0, 5)", Assert.Throws<ArgumentException>(() => Ops.Resize(s_squares, (0, 5))).Message);
        Assert.Throws<ArgumentException>(() => Ops.Resize(s_squares, 5));
        Assert.Contains("bicubic", Assert.Throws<ArgumentException>(() => Ops.Resize(s_squares, (5, 5), "bicubi")).Message);
        Assert.Throws<ArgumentException>(() => Ops.Resize(s_squares, (5, 5), fillMode: "nearest"));
        Assert.Throws<ArgumentException>(() => Ops.Resize(s_squares, (5, 5), cropToAspectRatio: true, padToAspectRatio: true));
        Assert.Throws<ArgumentException>(() => Ops.Resize(s_squares, (5, 5), dataFormat: "channels"));
        Assert.Throws<ArgumentException>(() => Ops.Resize(new Input([8]), (5, 5)));
    }

    [Fact]
    public void ScaleAndTranslateFollowsKerassExample()
    {
        Tensor images = Tensor.From<float>([0, 1, 2, 3, 4, 5, 6, 7, 8], [3, 3]);
        Tensor result = Ops.ScaleAndTranslate(images, [5, 5], new float[] { 2, 2 }, new float[] { -0.5f, -0.5f }, (0, 1), "linear");
        RecordedData.AssertClose("example", Tensor.From<float>([.. Enumerable.Range(0, 25).Select(i => (1.5f * (i / 5)) + (0.5f * (i % 5)))], [5, 5]), result);
    }

    [Fact]
    public void ScaleAndTranslateMovesWholeElements()
    {
        Tensor images = Tensor.From<float>([1, 2, 3, 4], [1, 4]);
        foreach (string method in (string[])["linear", "bilinear", "trilinear", "triangle", "cubic", "bicubic", "tricubic", "lanczos3", "lanczos5"])
            RecordedData.AssertClose(method, new float[,] { { 0, 1, 2, 3, 4, 0 } }, Ops.ScaleAndTranslate(images, [1, 6], new float[] { 1 }, new float[] { 1 }, -1, method));
        Assert.Equal([0, 7, 9], Ops.ScaleAndTranslate(Tensor.From<byte>([7, 9], [2]), [3], new float[] { 1 }, new float[] { 1 }, 0, "linear").ToArray<byte>());
        Assert.Equal([null, 6], Ops.ScaleAndTranslate(new Input([4]), [null, 6], new float[] { 1 }, new float[] { 1 }, 1, "linear").Shape);
        Assert.Throws<ArgumentException>(() => Ops.ScaleAndTranslate(images, [1, 6], new float[] { 1 }, new float[] { 1 }, 1, "square"));
        Assert.Throws<ArgumentException>(() => Ops.ScaleAndTranslate(images, [2, 6], new float[] { 1 }, new float[] { 1 }, 1, "linear"));
        Assert.Throws<ArgumentException>(() => Ops.ScaleAndTranslate(images, [1, 6], new float[] { 1, 1 }, new float[] { 1 }, 1, "linear"));
    }

    [Fact]
    public void SizesHaveGradients()
    {
        Tensor images = Tensor.From<double>([.. Enumerable.Range(0, 24).Select(i => Math.Sin(i))], [2, 3, 4, 1]);
        foreach (string interpolation in s_interpolations)
        {
            GradientCheck.Of(x => Ops.Resize(x, (5, 3), interpolation, antialias: true), images);
            if (interpolation == "nearest") continue;
            string method = interpolation.StartsWith("bi", StringComparison.Ordinal) ? interpolation[2..] : interpolation;
            // Not where an element lies at a kink of the weights.
            GradientCheck.Of(
                t => [Ops.ScaleAndTranslate(t[0], [2, 4, 3, 1], t[1], t[2], (1, 2), method)], images, Tensor.From([1.31, 0.77]), Tensor.From([0.23, -0.41]));
        }
    }

    [Fact]
    public void ModelsWithSizesAreSavedAndRead()
    {
        Input x = new([6, 6, 1]);
        KerasTensor y = (KerasTensor)Ops.Resize(x, (4, 3), "bicubic", antialias: true, fillValue: 0.5);
        y = (KerasTensor)Ops.ScaleAndTranslate(y, [null, 5, 3, 1], new float[] { 1.5f }, new float[] { 0.5f }, 1, "linear");
        Model model = new(x, y);
        Tensor data = Tensor.From<float>([.. Enumerable.Range(0, 72).Select(i => (float)Math.Cos(i))], [2, 6, 6, 1]);
        RecordedData.AssertClose("read", model.Predict(data), Model.FromJson(model.ToJson()).Predict(data));
    }
}
