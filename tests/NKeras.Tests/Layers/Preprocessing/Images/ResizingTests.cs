using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class ResizingTests
{
    private readonly Tensor _numbered = Ops.Reshape(Ops.Arange(16, dtype: DType.Float32), [1, 4, 4, 1]);

    // resizing_test.py, test_down_sampling_numeric and test_up_sampling_numeric.
    [Fact]
    public void PixelsAreAveragedOrRepeated()
    {
        Close.To([2.5f, 4.5f, 10.5f, 12.5f], new Resizing(2, 2).Apply(_numbered));
        Close.To([5, 7, 13, 15], new Resizing(2, 2, "nearest").Apply(_numbered));
        Tensor small = Tensor.From<float>([0, 1, 2, 3], [1, 2, 2, 1]);
        Close.To([0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3], new Resizing(4, 4, "nearest").Apply(small));
        Close.To([0, 0.25f, 0.75f, 1, 0.5f, 0.75f, 1.25f, 1.5f, 1.5f, 1.75f, 2.25f, 2.5f, 2, 2.25f, 2.75f, 3], new Resizing(4, 4).Apply(small));
    }

    [Theory]
    [InlineData("nearest")]
    [InlineData("bilinear")]
    [InlineData("bicubic")]
    [InlineData("lanczos3")]
    [InlineData("lanczos5")]
    public void TheSameSizeChangesNothing(string interpolation)
    {
        Tensor images = RandomOps.Uniform([2, 6, 5, 3], seed: 1);
        Close.To(images.ToArray<float>(), new Resizing(6, 5, interpolation).Apply(images), 1e-4);
        Close.To(Ops.Ones([2, 9, 3, 3]).ToArray<float>(), new Resizing(9, 3, interpolation, antialias: true).Apply(Ops.Ones([2, 6, 5, 3])), 1e-4);
    }

    // resizing_test.py, test_crop_to_aspect_ratio.
    [Fact]
    public void ProportionsStayIfBordersAreCutOff()
    {
        Close.To([1, 2, 5, 6, 9, 10, 13, 14], new Resizing(4, 2, cropToAspectRatio: true).Apply(_numbered));
        Close.To([4, 5, 6, 7, 8, 9, 10, 11], new Resizing(2, 4, cropToAspectRatio: true).Apply(_numbered));
    }

    [Fact]
    public void ProportionsStayIfBordersAreAdded()
    {
        float[] y = new Resizing(4, 8, "nearest", padToAspectRatio: true, fillValue: -1).Apply(_numbered).ToArray<float>();
        Close.Equal([.. Enumerable.Range(0, 4).SelectMany(r => new float[] { -1, -1, 4 * r, (4 * r) + 1, (4 * r) + 2, (4 * r) + 3, -1, -1 })], y);
    }

    // resizing_test.py: uint8 images stay uint8, rounded.
    [Fact]
    public void TypesStay()
    {
        foreach (DType type in new[] { DType.UInt8, DType.Int32, DType.Float32 })
        {
            Tensor y = new Resizing(2, 2).Apply(Ops.Cast(_numbered * 10, type));
            Assert.Equal(type, y.DType);
            Close.To([25, 45, 105, 125], y);
        }

        // Between steps cubic curves swing over, which a byte cannot hold.
        Tensor steps = Ops.Cast(Ops.Reshape(Ops.Repeat(new[] { 0, 255, 0, 255 }, 4), [1, 4, 4, 1]), DType.UInt8);
        byte[] cubic = new Resizing(16, 16, "bicubic").Apply(steps).ToArray<byte>();
        float[] exact = new Resizing(16, 16, "bicubic").Apply(Ops.Cast(steps, DType.Float32)).ToArray<float>();
        Assert.Contains(exact, v => v is < 0 or > 255);
        for (int i = 0; i < cubic.Length; i++) Assert.InRange(Math.Abs(cubic[i] - Math.Clamp(exact[i], 0, 255)), 0, 0.51);
    }

    [Fact]
    public void SmoothingSeesEveryPixel()
    {
        Tensor lines = Ops.Reshape(Ops.Tile(Tensor.From<float>([0, 0, 0, 8]), 4), [1, 1, 16, 1]);
        Tensor smooth = new Resizing(1, 4, antialias: true).Apply(lines);
        Assert.All(smooth.ToArray<float>(), v => Assert.InRange(v, 1, 3));
        Close.To([0, 0, 0, 0], new Resizing(1, 4).Apply(lines));
    }

    // resizing_test.py, test_resize_bounding_boxes.
    [Theory]
    [InlineData(true, false, new float[] { 6, 2, 10, 6, 14, 8, 18, 12 })]
    [InlineData(false, true, new float[] { 5, 0.5f, 10, 5.5f, 15, 8, 20, 13 })]
    [InlineData(false, false, new float[] { 5, 2, 10, 6, 15, 8, 20, 12 })]
    public void BoxesAreResized(bool pads, bool crops, float[] expected)
    {
        Resizing layer = new(20, 20, cropToAspectRatio: crops, padToAspectRatio: pads, boundingBoxFormat: "xyxy");
        Dictionary<string, Tensor> data = new()
        {
            ["images"] = Ops.Ones([10, 8, 3]),
            ["bounding_boxes/boxes"] = Tensor.From<float>([2, 1, 4, 3, 6, 4, 8, 6, -1, -1, -1, -1, 0, 0, 0, 0], [4, 4]),
            ["bounding_boxes/labels"] = Tensor.From([1, 2, -1, -1]),
        };
        Tensors y = layer.ApplyAll(data);
        Close.To([.. expected, 0, 0, 0, 0, 0, 0, 0, 0], y["bounding_boxes/boxes"]);
        Assert.Equal([1, 2, -1, -1], y["bounding_boxes/labels"].ToArray<int>());
    }

    [Fact]
    public void BoxesGoWithTheMask()
    {
        MaskAndBox.Agree(new Resizing(16, 18, boundingBoxFormat: "xyxy"), (8, 6), 0, [1, 2, 4, 7], [0, 0, 6, 8]);
        MaskAndBox.Agree(new Resizing(16, 24, padToAspectRatio: true, boundingBoxFormat: "xyxy"), (8, 6), 1, [1, 2, 4, 7], [0, 0, 6, 8]);
        MaskAndBox.Agree(new Resizing(12, 18, cropToAspectRatio: true, boundingBoxFormat: "xyxy"), (8, 6), 1, [1, 2, 4, 7], [0, 0, 6, 8], [0, 0, 3, 1]);
    }

    [Fact]
    public void SizesMayBeUnknown()
    {
        foreach (bool crops in new[] { false, true })
        {
            Input images = new([null, null, 3], dtype: "uint8");
            KerasTensor y = new Resizing(10, 12, cropToAspectRatio: crops, padToAspectRatio: false).Apply(images);
            Assert.Equal([null, 10, 12, 3], y.Shape);
            Assert.Equal(DType.UInt8, y.DType);
            Model model = new(images, y);
            foreach ((int height, int width) in new[] { (25, 30), (6, 7) })
            {
                Tensor x = RandomOps.Randint([2, height, width, 3], 0, 255, DType.UInt8, seed: 1);
                Tensor expected = new Resizing(10, 12, cropToAspectRatio: crops).Apply(x), actual = model.Predict(x, verbose: 0);
                Close.To(Ops.Cast(expected, DType.Float32).ToArray<float>(), actual, 0.02);
            }
        }

        Input padded = new([null, null, 3]);
        Model pads = new(padded, new Resizing(10, 12, padToAspectRatio: true).Apply(padded));
        foreach ((int height, int width) in new[] { (25, 30), (6, 7), (3, 20) }) Assert.Equal([2, 10, 12, 3], pads.Predict(Ops.Ones([2, height, width, 3]), verbose: 0).Shape);
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'small': height", Assert.Throws<ArgumentOutOfRangeException>(() => new Resizing(0, 2, name: "small")).Message);
        Assert.Contains("'small'", Assert.ThrowsAny<ArgumentException>(() => new Resizing(2, 2, "area", name: "small")).Message);
        Assert.Contains("'small'", Assert.ThrowsAny<ArgumentException>(() => new Resizing(2, 2, fillMode: "reflect", name: "small")).Message);
        Assert.Contains("'small'", Assert.ThrowsAny<ArgumentException>(() => new Resizing(2, 2, cropToAspectRatio: true, padToAspectRatio: true, name: "small")).Message);
        Assert.Contains("'small'", Assert.ThrowsAny<ArgumentException>(() => new Resizing(2, 2, name: "small").Apply(Ops.Ones([4, 4]))).Message);
    }
}
