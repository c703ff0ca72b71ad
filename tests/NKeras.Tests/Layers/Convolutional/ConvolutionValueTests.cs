using NKeras.Layers;
using NKeras.Tests.Operations;

namespace NKeras.Tests.Layers.Convolutional;

/// <summary>Convolution layers against their definitions and against each other.</summary>
public sealed class ConvolutionValueTests
{
    public static TheoryData<string, Func<string, Layer>, Shape> BothFormats => new()
    {
        { "Conv1D", f => new Conv1D(4, 3, 2, "causal", f, groups: 2, activation: "gelu", biasInitializer: "normal"), [2, 7, 4] },
        { "Conv2D", f => new Conv2D(4, (3, 2), padding: "same", dataFormat: f, activation: "relu", biasInitializer: "normal"), [2, 5, 6, 3] },
        { "Conv2D with a function", f => new Conv2D(4, 2, dataFormat: f, activation: new ActivationFunction(x => x * 2), biasInitializer: "normal"), [2, 5, 6, 3] },
        { "Conv3D", f => new Conv3D(4, 2, 2, dataFormat: f, biasInitializer: "normal"), [2, 4, 5, 6, 3] },
        { "Conv1DTranspose", f => new Conv1DTranspose(4, 3, 2, dataFormat: f, biasInitializer: "normal"), [2, 5, 3] },
        { "Conv2DTranspose", f => new Conv2DTranspose(4, 3, (1, 2), "same", (0, 1), f, activation: "tanh"), [2, 4, 5, 3] },
        { "Conv3DTranspose", f => new Conv3DTranspose(4, 2, 2, dataFormat: f), [2, 2, 3, 4, 3] },
        { "DepthwiseConv1D", f => new DepthwiseConv1D(3, depthMultiplier: 2, dataFormat: f, biasInitializer: "normal"), [2, 6, 3] },
        { "DepthwiseConv2D", f => new DepthwiseConv2D(3, 2, "same", dataFormat: f, activation: "relu"), [2, 6, 5, 3] },
        { "SeparableConv1D", f => new SeparableConv1D(4, 3, dataFormat: f, biasInitializer: "normal"), [2, 6, 3] },
        { "SeparableConv2D", f => new SeparableConv2D(4, 3, dataFormat: f, depthMultiplier: 2), [2, 6, 5, 3] },
        { "MaxPooling1D", f => new MaxPooling1D(2, 1, dataFormat: f), [2, 6, 3] },
        { "AveragePooling2D", f => new AveragePooling2D(2, padding: "same", dataFormat: f), [2, 5, 6, 3] },
        { "MaxPooling3D", f => new MaxPooling3D(2, 1, "same", f), [2, 3, 4, 5, 2] },
        { "AdaptiveAveragePooling3D", f => new AdaptiveAveragePooling3D((2, 3, 4), f), [2, 3, 4, 5, 2] },
        { "ZeroPadding3D", f => new ZeroPadding3D((1, 2, 0), f), [2, 3, 4, 5, 2] },
        { "Cropping2D", f => new Cropping2D(((0, 1), (2, 1)), f), [2, 3, 4, 5] },
        { "UpSampling2D", f => new UpSampling2D((2, 3), f, "bicubic"), [2, 3, 4, 5] },
        { "UpSampling3D", f => new UpSampling3D((2, 1, 3), f), [2, 3, 4, 2, 5] },
    };

    [Theory]
    [MemberData(nameof(BothFormats))]
    public void BothFormatsComputeTheSame(string what, Func<string, Layer> make, Shape shape)
    {
        Tensor x = RandomOps.Normal(shape, seed: new SeedGenerator(3));
        Layer last = make("channels_last"), first = make("channels_first");
        int[] spatial = [.. Enumerable.Range(1, shape.Rank - 2)];
        Tensor expected = last.Apply(x);
        Tensor turned = Ops.Transpose(x, [0, shape.Rank - 1, .. spatial]);
        _ = first.Apply(turned);
        first.SetWeights(last.GetWeights());
        AssertClose(what, expected, Ops.Transpose(first.Apply(turned), [0, .. spatial.Select(a => a + 1), 1]));
    }

    [Fact]
    public void GroupsAreConvolvedOnTheirOwn()
    {
        Conv2D whole = new(6, 3, 2, "same", groups: 3, useBias: false);
        Tensor x = RandomOps.Normal([2, 7, 6, 9], seed: new SeedGenerator(1));
        Tensor y = whole.Apply(x);
        Tensor[] parts = [.. Enumerable.Range(0, 3).Select(g =>
        {
            Conv2D part = new(2, 3, 2, "same", useBias: false);
            Tensor slice = x[.., .., .., TensorIndex.Slice(3 * g, 3 * (g + 1))];
            _ = part.Apply(slice);
            part.SetWeights([whole.Kernel.Value[.., .., .., TensorIndex.Slice(2 * g, 2 * (g + 1))]]);
            return part.Apply(slice);
        })];
        AssertClose("groups", Ops.Concatenate(parts, -1), y);
    }

    [Theory]
    [InlineData("same", 1, 1)]
    [InlineData("valid", 2, 1)]
    [InlineData("valid", 1, 2)]
    public void AVolumeIsTheSumOfWhatItsPlanesGive(string padding, int stride, int dilation)
    {
        Conv3D layer = new(3, 2, stride, padding, dilationRate: dilation, useBias: false);
        Tensor x = RandomOps.Normal([1, 4, 4, 4, 2], seed: new SeedGenerator(2)), y = layer.Apply(x);
        float[] kernel = layer.Kernel.Value.ToArray<float>(), input = x.ToArray<float>();
        double[] expected = new double[y.Shape.Size];
        int n = y.Shape[1]!.Value;
        for (int i = 0; i < expected.Length; i++)
        {
            (int place, int f) = Math.DivRem(i, 3);
            (int d, int r, int c) = (place / (n * n), place / n % n, place % n);
            for (int t = 0; t < 16; t++)
            {
                (int a, int b, int e, int channel) = (t / 8, t / 4 % 2, t / 2 % 2, t % 2);
                (int z, int v, int u) = ((d * stride) + (a * dilation), (r * stride) + (b * dilation), (c * stride) + (e * dilation));
                if (z < 4 && v < 4 && u < 4) expected[i] += input[(((((z * 4) + v) * 4) + u) * 2) + channel] * (double)kernel[(t * 3) + f];
            }
        }

        Assert.All(expected.Zip(y.ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Fact]
    public void ACausalConvolutionDoesNotLookAhead()
    {
        Conv1D layer = new(3, 3, padding: "causal", dilationRate: 2);
        Tensor x = RandomOps.Normal([1, 8, 2], seed: new SeedGenerator(2));
        Tensor y = layer.Apply(x), changed = layer.Apply(Ops.Concatenate([x[.., ..5], Ops.Ones([1, 3, 2])], 1));
        Assert.Equal(y[.., ..5].ToArray<float>(), changed[.., ..5].ToArray<float>());
        Assert.NotEqual(y[.., 5].ToArray<float>(), changed[.., 5].ToArray<float>());
    }

    /// <summary>⟨convolution(x), y⟩ = ⟨x, transposed convolution(y)⟩ for the same kernel.</summary>
    [Theory]
    [InlineData(1, 1, "valid")]
    [InlineData(2, 1, "valid")]
    [InlineData(1, 2, "same")]
    [InlineData(3, 1, "valid")]
    public void TransposedConvolutionsAreAdjoint(int stride, int dilation, string padding)
    {
        Conv2D forward = new(4, 3, stride, padding, dilationRate: dilation, useBias: false);
        Conv2DTranspose back = new(2, 3, stride, padding, dilationRate: dilation, useBias: false);
        int size = (3 * stride) + (2 * dilation) + 1;
        Tensor x = RandomOps.Normal([2, size, size, 2], seed: new SeedGenerator(1)), cx = forward.Apply(x), y = RandomOps.Normal(cx.Shape, seed: new SeedGenerator(2));
        _ = back.Apply(y);
        back.SetWeights(forward.GetWeights());
        Tensor ty = back.Apply(y);
        Assert.Equal(x.Shape, ty.Shape);
        Assert.Equal(Ops.Sum(cx * y).Item<float>(), Ops.Sum(x * ty).Item<float>(), 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    public void ADepthwiseConvolutionIsOneOfAsManyGroupsAsChannels(int multiplier)
    {
        DepthwiseConv2D layer = new(3, 2, "same", multiplier, biasInitializer: "normal", activation: "relu");
        Conv2D groups = new(5 * multiplier, 3, 2, "same", groups: 5, activation: "relu");
        Tensor x = RandomOps.Normal([2, 7, 6, 5], seed: new SeedGenerator(4)), y = layer.Apply(x);
        _ = groups.Apply(x);
        groups.SetWeights([Ops.Reshape(layer.Kernel, [3, 3, 1, 5 * multiplier]), layer.Bias!.Value]);
        AssertClose("groups", groups.Apply(x), y);

        // By definition each result channel sees one channel.
        Tensor alone = Ops.Concatenate([.. Enumerable.Range(0, 5 * multiplier).Select(i =>
            Ops.Conv(x[.., .., .., TensorIndex.Slice(i / multiplier, (i / multiplier) + 1)], Ops.Reshape(layer.Kernel.Value[.., .., i / multiplier, i % multiplier], [3, 3, 1, 1]), 2, "same"))], -1);
        AssertClose("channels", Ops.Relu(alone + layer.Bias.Value), y);
    }

    [Fact]
    public void DepthwiseConvolutionsHaveGradients() => GradientCheck.Of(
        (x, w) => Ops.DepthwiseConv(x, w, 2, "same"),
        Ops.Cast(RandomOps.Normal([2, 5, 4, 3], seed: new SeedGenerator(1)), "float64"),
        Ops.Cast(RandomOps.Normal([3, 2, 3, 2], seed: new SeedGenerator(2)), "float64"));

    [Fact]
    public void ASeparableConvolutionMixesADepthwiseOne()
    {
        SeparableConv1D layer = new(4, 3, 2, "same", depthMultiplier: 2, useBias: false);
        Tensor x = RandomOps.Normal([2, 7, 3], seed: new SeedGenerator(4)), y = layer.Apply(x);
        DepthwiseConv1D first = new(3, 2, "same", 2, useBias: false);
        Dense second = new(4, useBias: false);
        _ = second.Apply(first.Apply(x));
        first.SetWeights([layer.DepthwiseKernel.Value]);
        second.SetWeights([layer.PointwiseKernel.Value[0]]);
        AssertClose("separable", second.Apply(first.Apply(x)), y);
    }

    private static void AssertClose(string what, Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.All(expected.ToArray<float>().Zip(actual.ToArray<float>()), p => Assert.True(Math.Abs(p.First - p.Second) <= 1e-5 * Math.Max(1, Math.Abs(p.First)), $"{what}: {p.Second}, expected {p.First}"));
    }
}
