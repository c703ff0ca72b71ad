using NKeras.Core;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary>Convolutions and poolings of every kind, against their definitions.</summary>
public sealed class NnConvolutionTests
{
    [Fact]
    public void CausalConvolutionLooksBackOnly()
    {
        // Each result is x[t] + 10 x[t - 2].
        Tensor x = Tensor.From([1f, 2, 3, 4], [1, 4, 1]), kernel = Tensor.From([10f, 1], [2, 1, 1]);
        Assert.Equal([1f, 2, 13, 24], Ops.Conv(x, kernel, padding: "causal", dilationRate: 2).ToArray<float>());
        Assert.Equal([1f, 13], Ops.DepthwiseConv(x, kernel, strides: 2, padding: "CAUSAL", dilationRate: 2).ToArray<float>());
        Assert.Contains("valid", Assert.Throws<ArgumentException>(() => Ops.Conv(Ops.Ones([1, 4, 4, 1]), Ops.Ones([2, 2, 1, 1]), padding: "causal")).Message);
    }

    [Fact]
    public void WholeNumbersAreConvolvedExactly()
    {
        Tensor x = Tensor.From([100_000, 3, 5], [1, 3, 1]), kernel = Tensor.From([20_000, 7], [2, 1, 1]);
        Assert.Equal([2_000_000_021, 60_035], Ops.Conv(x, kernel).ToArray<int>());
    }

    [Fact]
    public void DepthwiseConvolutionIsAConvolutionPerChannel()
    {
        Tensor x = RandomOps.Normal([2, 7, 6, 3], seed: new SeedGenerator(1)), kernel = RandomOps.Normal([3, 2, 3, 2], seed: new SeedGenerator(2)), mix = RandomOps.Normal([1, 1, 6, 4], seed: new SeedGenerator(3));
        Tensor[] perChannel = [.. Enumerable.Range(0, 3).Select(c => Ops.Conv(x[.., .., .., c..(c + 1)], kernel[.., .., c..(c + 1)], strides: 2, padding: "same"))];
        Tensor expected = Ops.Concatenate(perChannel, axis: -1);
        RecordedData.AssertClose("depthwise", expected, Ops.DepthwiseConv(x, kernel, strides: 2, padding: "same"));
        RecordedData.AssertClose("separable", Ops.Matmul(expected, Ops.Reshape(mix, [6, 4])), Ops.SeparableConv(x, kernel, mix, strides: 2, padding: "same"));
        Tensor first = Ops.Transpose(x, (int[])[0, 3, 1, 2]);
        RecordedData.AssertClose("channels first", Ops.Transpose(expected, (int[])[0, 3, 1, 2]), Ops.DepthwiseConv(first, kernel, 2, "same", "channels_first"));
        Assert.Contains("3 channels", Assert.Throws<ArgumentException>(() => Ops.DepthwiseConv(x, Ops.Ones([2, 2, 4, 1]))).Message);
    }

    // Expected: each input adds the kernel at its place times the stride, computed in NumPy by that definition and Keras's cropping.
    [Theory]
    [InlineData(1, 1, "valid", null, new float[] { 1, 12, 123, 230, 300 })]
    [InlineData(2, 1, "valid", null, new float[] { 1, 10, 102, 20, 203, 30, 300 })]
    [InlineData(2, 1, "same", null, new float[] { 1, 10, 102, 20, 203, 30 })]
    [InlineData(3, 1, "same", null, new float[] { 1, 10, 100, 2, 20, 200, 3, 30, 300 })]
    [InlineData(2, 2, "same", null, new float[] { 0, 12, 0, 123, 0, 230 })]
    [InlineData(2, 1, "same", 1, new float[] { 1, 10, 102, 20, 203, 30 })]
    [InlineData(2, 1, "valid", 1, new float[] { 1, 10, 102, 20, 203, 30, 300, 0 })]
    [InlineData(5, 1, "valid", null, new float[] { 1, 10, 100, 0, 0, 2, 20, 200, 0, 0, 3, 30, 300, 0, 0 })]
    [InlineData(2, 1, "valid", 5, new float[] { 1, 10, 102, 20, 203, 30, 300, 0, 0, 0, 0, 0 })]
    [InlineData(1, 3, "same", null, new float[] { 10, 20, 30 })]
    public void TransposedConvolutionSpreadsTheKernel(int stride, int dilation, string padding, int? outputPadding, float[] expected)
    {
        Ints? extra = outputPadding is { } given ? (Ints)given : null;
        Tensor x = Tensor.From([1f, 2, 3], [1, 3, 1]), kernel = Tensor.From([1f, 10, 100], [3, 1, 1]);
        Assert.Equal(expected, Ops.ConvTranspose(x, kernel, stride, padding, extra, dilationRate: dilation).ToArray<float>());
        Assert.Equal([null, expected.Length, 1], Ops.ConvTranspose(new Input([3, 1]), kernel, stride, padding, extra, dilationRate: dilation).Shape);
        Assert.Equal([1, 1, expected.Length], Ops.ConvTranspose(Ops.Reshape(x, [1, 1, 3]), kernel, stride, padding, extra, "channels_first", dilation).Shape);
    }

    [Fact]
    public void TransposedConvolutionChecksItsArguments()
    {
        Assert.Equal([null, null, null, 5], Ops.ConvTranspose(new Input([null, null, 3]), Ops.Ones([2, 2, 5, 3]), strides: 2).Shape);
        Assert.Contains("3 channels", Assert.Throws<ArgumentException>(() => Ops.ConvTranspose(Ops.Ones([1, 4, 3]), Ops.Ones([2, 3, 2]))).Message);
        Assert.Throws<ArgumentException>(() => Ops.ConvTranspose(Ops.Ones([1, 4, 3]), Ops.Ones([2, 5, 3]), padding: "full"));
        Assert.Throws<ArgumentException>(() => Ops.ConvTranspose(Ops.Ones([1, 4, 3]), Ops.Ones([2, 5, 3]), outputPadding: -1));
    }

    // In float64 the plain kernels of three axes run, in float32 those of two axes, plane by plane.
    [Theory]
    [InlineData("valid", 1, 1)]
    [InlineData("same", 2, 1)]
    [InlineData("same", 1, 2)]
    public void VolumesAreTheSameWhateverTheKernels(string padding, int stride, int dilation)
    {
        Tensor x = Draw(2, 5, 4, 6, 4), kernel = Draw(2, 3, 2, 2, 6), back = Draw(3, 2, 2, 3, 4);
        Func<Tensor, Tensor>[] functions =
        [
            v => Ops.Conv(v, Ops.Cast(kernel, v.DType), stride, padding, dilationRate: dilation),
            v => Ops.ConvTranspose(v, Ops.Cast(back, v.DType), (stride, 1, stride), padding, dilationRate: dilation),
            v => Ops.ConvTranspose(v, Ops.Cast(back, v.DType), (3, 1, stride), padding, outputPadding: (4, 1, 1), dilationRate: dilation),
            v => Ops.MaxPool(v, (3, 2, 2), stride, padding),
            v => Ops.AveragePool(v, (2, 3, 2), stride, padding),
        ];
        foreach (Func<Tensor, Tensor> function in functions)
        {
            using WideScope scope = WideScope.Wanted();
            Tensor Gradient(Tensor at) => Jit.Compile([at.Spec], a => Differentiation.Gradients(Ops.Sum(Ops.Square(function(a[0]))), [a[0]])).Run([at])[0];
            RecordedData.AssertClose("gradient", Ops.Cast(Gradient(x), "float32"), Gradient(Ops.Cast(x, "float32")));
            RecordedData.AssertClose("value", Ops.Cast(function(x), "float32"), function(Ops.Cast(x, "float32")));
        }
    }

    [Fact]
    public void GradientsAgreeWithDifferences()
    {
        Tensor x = Draw(1, 4, 3, 2), kernel = Draw(2, 2, 2, 3);
        GradientCheck.Of((a, w) => Ops.Conv(a, w, (2, 1), "same"), x, kernel);
        GradientCheck.Of((a, w) => Ops.ConvTranspose(a, w, (1, 2), "same"), x, Draw(2, 3, 3, 2));
        GradientCheck.Of((a, w) => Ops.ConvTranspose(a, w, 2, "valid", outputPadding: 3), x, Draw(2, 3, 3, 2));
        GradientCheck.Of((a, w) => Ops.DepthwiseConv(a, w, dilationRate: (2, 1)), x, kernel);
        GradientCheck.Of(t => [Ops.SeparableConv(t[0], t[1], t[2])], x, kernel, Draw(1, 1, 6, 2));
        GradientCheck.Of(a => Ops.MaxPool(a, 2, 1, "same"), x);
        GradientCheck.Of(a => Ops.AveragePool(a, (3, 2), (2, 1), "same"), x);
        GradientCheck.Of(a => Ops.AdaptiveMaxPool(a, 3), x);
        GradientCheck.Of(a => Ops.AdaptiveAveragePool(a, (3, 1)), x);
    }

    [Fact]
    public void AveragePoolingCountsRealElementsOnly()
    {
        Tensor x = Tensor.From([1f, 3, 5], [1, 3, 1]);
        Assert.Equal([2f, 5], Ops.AveragePool(x, 2, padding: "same").ToArray<float>());
        Assert.Equal([3f, 5], Ops.MaxPool(x, 2, padding: "SAME").ToArray<float>());
        Assert.Equal([3, 5], Ops.MaxPool(Tensor.From([1, 3, 5], [1, 1, 3]), 2, padding: "same", dataFormat: "channels_first").ToArray<int>());
        Assert.Contains("does not fit", Assert.Throws<ArgumentException>(() => Ops.MaxPool(x, 4)).Message);
    }

    [Fact]
    public void AdaptivePoolingDividesAxesIntoParts()
    {
        // Parts of 5 in 3: 0..2, 1..4, 3..5 (from ⌊5i/3⌋ to ⌈5(i + 1)/3⌉).
        Tensor x = Tensor.From([1f, 2, 4, 8, float.PositiveInfinity], [1, 5, 1]);
        Assert.Equal([1.5f, 14f / 3, float.PositiveInfinity], Ops.AdaptiveAveragePool(x, 3).ToArray<float>());
        Assert.Equal([2f, 8, float.PositiveInfinity], Ops.AdaptiveMaxPool(x, 3).ToArray<float>());
        Assert.Equal([1f, 2, 2], Ops.AdaptiveMaxPool(Tensor.From([1f, 2], [1, 2, 1]), 3).ToArray<float>());
        Tensor image = RandomOps.Normal([2, 4, 6, 3], seed: new SeedGenerator(4));
        RecordedData.AssertClose("even", Ops.AveragePool(image, (2, 3)), Ops.AdaptiveAveragePool(image, 2));
        RecordedData.AssertClose("even", Ops.MaxPool(image, (4, 2)), Ops.AdaptiveMaxPool(image, (1, 3)));
        Assert.Equal([null, 3, 2, 7], Ops.AdaptiveMaxPool(new Input([null, 9, 7]), (3, 2)).Shape);
        Assert.Equal([null, 7, 2, 2, 2], Ops.AdaptiveAveragePool(new Input([7, 5, null, 4]), 2, "channels_first").Shape);
        Assert.Throws<ArgumentException>(() => Ops.AdaptiveMaxPool(image, 0));
        Assert.Throws<ArgumentException>(() => Ops.AdaptiveMaxPool(image, (1, 2, 3)));
    }

    [Fact]
    public void ChannelsMayBeUnknownWhileShapesAreInferred()
    {
        Assert.Equal([null, 3, 5], Ops.Conv(new Input([4, null]), Ops.Ones([2, 3, 5])).Shape);
        Assert.Equal([null, 3, 6], Ops.DepthwiseConv(new Input([4, null]), Ops.Ones([2, 3, 2])).Shape);
        Assert.Equal([null, null, 9], Ops.SeparableConv(new Input([null, 3]), Ops.Ones([2, 3, 2]), Ops.Ones([1, 6, 9])).Shape);
    }

    private static Tensor Draw(params int[] dims) => Ops.Cast(RandomOps.Normal(dims, seed: new SeedGenerator(dims.Sum())), "float64");
}
