using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class CenterCropTests
{
    private readonly Tensor _images = RandomOps.Uniform([2, 9, 8, 3], seed: 1);

    [Theory]
    [InlineData(9, 8, 0, 0)]
    [InlineData(5, 4, 2, 2)]
    [InlineData(4, 5, 2, 1)]
    [InlineData(1, 1, 4, 3)]
    public void TheMiddleIsCutOut(int height, int width, int top, int left)
    {
        float[] expected = _images[.., top..(top + height), left..(left + width)].ToArray<float>();
        Assert.Equal(expected, new CenterCrop(height, width).Apply(_images).ToArray<float>());
        Assert.Equal(expected[..(expected.Length / 2)], new CenterCrop(height, width).Apply(_images[0]).ToArray<float>());
        Tensor first = new CenterCrop(height, width, dataFormat: "channels_first").Apply(Ops.Transpose(_images, [0, 3, 1, 2]));
        Assert.Equal(expected, Ops.Transpose(first, [0, 2, 3, 1]).ToArray<float>());
    }

    // center_crop_test.py, test_input_smaller_than_crop_box and test_image_stretch.
    [Theory]
    [InlineData(18, 16)]
    [InlineData(5, 17)]
    [InlineData(12, 3)]
    public void SmallerImagesAreResizedAndCut(int height, int width) =>
        Close.To(new Resizing(height, width, cropToAspectRatio: true).Apply(_images).ToArray<float>(), new CenterCrop(height, width).Apply(_images));

    // center_crop_test.py, test_segmentation_mask_preserves_dtype_and_classes.
    [Fact]
    public void MasksKeepTheirClassesAndType()
    {
        Tensor masks = Ops.Cast(RandomOps.Randint([2, 8, 8, 1], 0, 2, seed: 1) * 4, DType.UInt8);
        Tensors y = new CenterCrop(16, 16).ApplyAll(new Dictionary<string, Tensor> { ["images"] = Ops.Ones([2, 8, 8, 3]), ["segmentation_masks"] = masks });
        Assert.Equal(DType.UInt8, y["segmentation_masks"].DType);
        Assert.Equal<byte>([0, 4], y["segmentation_masks"].ToArray<byte>().Distinct().Order());
        Assert.Equal(DType.Float32, new CenterCrop(4, 4).Apply(masks).DType);
    }

    // center_crop_test.py, test_center_crop_bounding_boxes.
    [Theory]
    [InlineData(5, new float[] { 1, 0, 3, 1, 5, 2, 5, 4 }, new[] { 1, -1 })]
    [InlineData(20, new float[] { 5, 0, 10, 5, 15, 7.5f, 20, 12.5f }, new[] { 1, 2 })]
    public void BoxesAreCut(int size, float[] expected, int[] labels)
    {
        Dictionary<string, Tensor> data = new() { ["images"] = Ops.Ones([10, 8, 3]), ["bounding_boxes/boxes"] = Tensor.From<float>([2, 1, 4, 3, 6, 4, 8, 6], [2, 4]), ["bounding_boxes/labels"] = Tensor.From([1, 2]) };
        Tensors y = new CenterCrop(size, size, boundingBoxFormat: "xyxy").ApplyAll(data);
        Close.To(expected, y["bounding_boxes/boxes"]);
        Assert.Equal([2, 4], y["bounding_boxes/boxes"].Shape);
        Assert.Equal(labels, y["bounding_boxes/labels"].ToArray<int>());
    }

    [Fact]
    public void BoxesGoWithTheMask()
    {
        MaskAndBox.Agree(new CenterCrop(8, 7, boundingBoxFormat: "xyxy"), (16, 15), 0, [2, 3, 9, 8], [0, 0, 15, 16], [5, 7, 10, 12], [0, 0, 3, 2]);
        MaskAndBox.Agree(new CenterCrop(16, 12, boundingBoxFormat: "xyxy"), (8, 6), 0, [1, 2, 4, 7], [0, 0, 6, 8]);
        MaskAndBox.Agree(new CenterCrop(16, 8, boundingBoxFormat: "xyxy"), (8, 12), 0, [5, 2, 7, 7], [0, 0, 3, 3]);
    }

    // center_crop_test.py, test_dynamic_spatial_dims.
    [Fact]
    public void SizesMayBeUnknown()
    {
        Input images = new([null, null, 3]);
        KerasTensor y = new CenterCrop(10, 12).Apply(images);
        Assert.Equal([null, 10, 12, 3], y.Shape);
        Model model = new(images, y);
        foreach ((int height, int width) in new[] { (25, 30), (6, 7), (10, 5) })
        {
            Tensor x = RandomOps.Uniform([2, height, width, 3], seed: 1);
            Close.To(new CenterCrop(10, 12).Apply(x).ToArray<float>(), model.Predict(x, verbose: 0));
        }
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'cut': height", Assert.Throws<ArgumentOutOfRangeException>(() => new CenterCrop(0, 2, name: "cut")).Message);
        Assert.Contains("'cut'", Assert.ThrowsAny<ArgumentException>(() => new CenterCrop(2, 2, name: "cut").Apply(Ops.Ones([4, 4]))).Message);
    }
}
