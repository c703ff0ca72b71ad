using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class AutoContrastTests
{
    // auto_contrast_test.py, test_constant_channels_dont_get_nanned.
    [Fact]
    public void ConstantChannelsStay()
    {
        Assert.Equal([1f, 1], new AutoContrast((0, 255)).Apply(Ops.Ones([1, 2, 1, 1])).ToArray<float>());
        Tensor images = Tensor.From([7f, 10, 7, 20, 7, 30], [1, 3, 1, 2]);
        Close.To([7, 0, 7, 127.5f, 7, 255], new AutoContrast().Apply(images));
    }

    // auto_contrast_test.py, test_auto_contrast_expands_value_range, test_auto_contrast_different_values_per_channel and test_auto_contrast_expands_value_range_uint8.
    [Fact]
    public void EachChannelFillsTheRange()
    {
        Close.To([0, 255], new AutoContrast((0, 255)).Apply(Tensor.From([0f, 128], [1, 2, 1, 1])));
        Close.To([0, 255], new AutoContrast((0, 255)).Apply(Tensor.From(new byte[] { 0, 128 }, [1, 2, 1, 1])));
        Tensor image = Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [1, 2, 2, 3]);
        Close.To([0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255], new AutoContrast((0, 255)).Apply(image));
        Close.To([-1, 1, 0, -1, 1, 1], new AutoContrast((1, -1)).Apply(Tensor.From([0.1f, 0.3f, 0.2f, -0.5f, 0, 0], [2, 1, 3, 1])));
    }

    // With or without training; what fills the range stays.
    [Fact]
    public void FillingTheRangeTwiceIsFillingItOnce()
    {
        Tensor images = RandomOps.Uniform([3, 8, 8, 3], 40, 90, seed: 1), y = new AutoContrast().Apply(images, training: true);
        Close.To(y.ToArray<float>(), new AutoContrast().Apply(y), 1e-4);
        Assert.Equal(y.ToArray<float>(), new AutoContrast().Apply(images, training: false).ToArray<float>());
        Assert.Equal((0f, 255f), (Ops.Min(y).Item<float>(), Ops.Max(y).Item<float>()));
    }
}
