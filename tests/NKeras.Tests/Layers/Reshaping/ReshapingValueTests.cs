using NKeras.Layers;

namespace NKeras.Tests.Layers.Reshaping;

/// <summary>Layers that add, cut off, repeat and rearrange elements.</summary>
public sealed class ReshapingValueTests
{
    [Fact]
    public void PaddingIsZeroAndCroppingTakesItBack()
    {
        Tensor x = RandomOps.Normal([2, 3, 4, 2, 3], seed: new SeedGenerator(1));
        Margins3 margins = ((1, 0), (2, 3), (0, 1));
        Tensor padded = new ZeroPadding3D(margins).Apply(x);
        Assert.Equal([2, 4, 9, 3, 3], padded.Shape);
        Assert.Equal(x.Shape.Size, padded.ToArray<float>().Count(v => v != 0));
        Assert.Equal(x.ToArray<float>(), new Cropping3D(margins).Apply(padded).ToArray<float>());
        Assert.Equal([0f, 1, 2, 0, 0], new ZeroPadding1D((1, 2)).Apply(Tensor.From([1f, 2], [1, 2, 1])).ToArray<float>());
        Assert.Equal([2f, 3], new Cropping1D((1, 2)).Apply(Tensor.From([1f, 2, 3, 4, 5], [1, 5, 1])).ToArray<float>());
    }

    [Fact]
    public void MarginsAreGivenInSeveralForms()
    {
        Assert.Equal(new Margins2((1, 1), (1, 1)), 1);
        Assert.Equal(new Margins2((1, 1), (2, 2)), (1, 2));
        Assert.Equal(new Margins2((1, 1), (2, 2)), [1, 2]);
        Assert.Equal(new Margins2((1, 2), (3, 4)), ((1, 2), (3, 4)));
        Assert.Equal(new Margins2((1, 2), (3, 4)), [[1, 2], [3, 4]]);
        Assert.Equal(new Margins2((1, 1), (3, 4)), [1, (3, 4)]);
        Assert.Equal(new Margins3(1, 2, (3, 4)), [1, 2, (3, 4)]);
        Assert.Equal("((1, 1), (2, 2), (3, 4))", new Margins3(1, 2, (3, 4)).ToString());
        Assert.Equal([4, 4, 4], (Ints3)4);
        Assert.Equal([4], (Ints1)4);
        Assert.Equal("(4,)", ((Ints1)4).ToString());
    }

    [Fact]
    public void UpSamplingRepeats()
    {
        Assert.Equal([1f, 1, 2, 2], new UpSampling1D().Apply(Tensor.From([1f, 2], [1, 2, 1])).ToArray<float>());
        Assert.Equal([1f, 1, 2, 2, 1, 1, 2, 2], new UpSampling2D().Apply(Tensor.From([1f, 2], [1, 1, 2, 1])).ToArray<float>());
        Assert.Equal([1f, 2, 1, 2, 1, 2, 1, 2], new UpSampling3D((2, 2, 1)).Apply(Tensor.From([1f, 2], [1, 1, 1, 2, 1])).ToArray<float>());
    }

    [Theory]
    [InlineData("bilinear")]
    [InlineData("bicubic")]
    [InlineData("lanczos3")]
    [InlineData("lanczos5")]
    [InlineData("Bilinear")]
    public void UpSamplingInterpolates(string interpolation)
    {
        Tensor x = RandomOps.Normal([2, 3, 4, 2], seed: new SeedGenerator(1));
        Assert.Equal(Ops.Resize(x, (6, 12), interpolation.ToLowerInvariant()).ToArray<float>(), new UpSampling2D((2, 3), interpolation: interpolation).Apply(x).ToArray<float>());
    }

    [Fact]
    public void AxesAreRearranged()
    {
        Tensor x = Tensor.From([1f, 2, 3, 4, 5, 6], [1, 2, 3]);
        Assert.Equal([1f, 4, 2, 5, 3, 6], new Permute([2, 1]).Apply(x).ToArray<float>());
        Assert.Equal([1f, 4, 2, 5, 3, 6], new Flatten("channels_first").Apply(x).ToArray<float>());
        Assert.Equal([1f, 2, 1, 2], new RepeatVector(2).Apply(Tensor.From([1f, 2], [1, 2])).ToArray<float>());
    }

    [Fact]
    public void WholeNumbersStayWhole()
    {
        Tensor x = Tensor.From([1, 2, 3, 4], [1, 2, 2]);
        foreach (Layer layer in (Layer[])[new ZeroPadding1D(), new UpSampling1D(), new Permute([2, 1]), new Flatten(), new Reshape([4]), new Cropping1D((0, 1))])
            Assert.Equal(DType.Int32, layer.Apply(x).DType);
    }
}
