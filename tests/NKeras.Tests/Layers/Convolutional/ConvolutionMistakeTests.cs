using NKeras.Layers;

namespace NKeras.Tests.Layers.Convolutional;

/// <summary>Mistakes with convolution, pooling and reshaping layers are reported where they are made, with the layer, what was expected and what was received.</summary>
public sealed class ConvolutionMistakeTests
{
    public static TheoryData<string, Action, string[]> Mistakes => new()
    {
        { "groups do not divide filters", () => new Conv1D(4, 3, groups: 3, name: "layer"), ["filters=4", "groups=3"] },
        { "causal images", () => new Conv2D(4, 3, padding: "causal", name: "layer"), ["padding", "'causal'"] },
        { "causal depthwise convolution", () => new DepthwiseConv1D(3, padding: "causal", name: "layer"), ["padding", "'causal'"] },
        { "negative window", () => new Conv3D(4, (3, -1, 2), name: "layer"), ["kernelSize", "(3, -1, 2)"] },
        { "strides and dilation", () => new Conv3DTranspose(4, 3, strides: 2, dilationRate: 2, name: "layer"), ["strides=(2, 2, 2)", "dilationRate=(2, 2, 2)"] },
        { "output padding as large as the stride", () => new Conv2DTranspose(4, 3, strides: (2, 3), outputPadding: (1, 3), name: "layer"), ["outputPadding=(1, 3)", "strides=(2, 3)"] },
        { "negative output padding", () => new Conv1DTranspose(4, 3, outputPadding: -1, name: "layer"), ["outputPadding", "-1"] },
        { "no multiplier", () => new DepthwiseConv2D(3, depthMultiplier: 0, name: "layer"), ["depthMultiplier", "0"] },
        { "no filters", () => new SeparableConv1D(0, 3, name: "layer"), ["filters", "0"] },
        { "empty pool", () => new AveragePooling3D((1, 0, 2), name: "layer"), ["poolSize", "(1, 0, 2)"] },
        { "no parts", () => new AdaptiveMaxPooling2D((2, 0), name: "layer"), ["outputSize", "(2, 0)"] },
        { "negative padding", () => new ZeroPadding2D(((1, 2), (3, -4)), name: "layer"), ["padding", "-4"] },
        { "negative cropping", () => new Cropping3D((1, -1, 0), name: "layer"), ["cropping", "-1"] },
        { "no repetitions", () => new RepeatVector(0, name: "layer"), ["n", "0"] },
        { "no size", () => new UpSampling3D((1, 0, 1), name: "layer"), ["size", "(1, 0, 1)"] },
        { "unknown interpolation", () => new UpSampling2D(interpolation: "bilinaer", name: "layer"), ["interpolation", "Did you mean 'bilinear'?"] },
        { "axis twice", () => new Permute([1, 1], name: "layer"), ["dims", "(1, 1)"] },
        { "axis of the batch", () => new Permute([0, 1], name: "layer"), ["dims", "(0, 1)"] },
        { "window longer than the input", () => new Conv1D(4, 5, name: "layer").Apply(new Input([4, 3])), ["kernelSize=(5)", "(None, 4, 3)"] },
        { "dilated window longer than the input", () => new DepthwiseConv2D(2, dilationRate: 4, dataFormat: "channels_first", name: "layer").Apply(new Input([3, 6, 4])), ["spans 5", "(None, 3, 6, 4)"] },
        { "window larger than a volume", () => new Conv3D(4, 3, name: "layer").Apply(Ops.Zeros([1, 4, 2, 4, 1])), ["kernelSize=(3, 3, 3)", "(1, 4, 2, 4, 1)"] },
        { "window larger than a later input", () => Built(new SeparableConv2D(4, 3, name: "layer"), [null, null, null, 3]).Apply(new Input([null, 2, 3])), ["kernelSize=(3, 3)", "(None, None, 2, 3)"] },
        { "groups do not divide channels", () => new Conv3D(4, 2, groups: 2, name: "layer").Apply(new Input([3, 3, 3, 5])), ["5 channels", "groups=2"] },
        { "unknown channels", () => new DepthwiseConv1D(3, name: "layer").Apply(new Input([7, null])), ["dimension -1", "(None, 7, None)"] },
        { "other channels", () => Built(new Conv1DTranspose(3, 3, name: "layer"), [2, 5, 4]).Apply(Ops.Zeros([2, 5, 3])), ["4", "3"] },
        { "images for sequences", () => new Conv1D(3, 3, name: "layer").Apply(new Input([5, 5, 3])), ["rank 3", "rank 4"] },
        { "nothing left", () => new Conv2DTranspose(3, 2, 2, "same", outputPadding: 0, name: "layer").Apply(new Input([1, 1, 3])), ["(None, 1, 1, 3)"] },
        { "no steps", () => new Conv1D(3, 3, padding: "same", name: "layer").Apply(new Input([0, 3])), ["(None, 0, 3)"] },
        { "no rows to pool", () => new MaxPooling2D(padding: "same", name: "layer").Apply(Ops.Zeros([1, 0, 3, 3])), ["(1, 0, 3, 3)"] },
        { "no parts of nothing", () => new AdaptiveAveragePooling1D(2, name: "layer").Apply(Ops.Zeros([1, 0, 3])), ["(1, 0, 3)"] },
        { "pool longer than the input", () => new MaxPooling1D(3, name: "layer").Apply(new Input([2, 3])), ["poolSize=(3)", "(None, 2, 3)"] },
        { "everything cut off", () => new Cropping1D((2, 3), name: "layer").Apply(new Input([5, 3])), ["(2, 3)", "5 elements", "(None, 5, 3)"] },
        { "columns cut off", () => new Cropping2D(((0, 0), (2, 2)), "channels_first", name: "layer").Apply(Ops.Zeros([1, 3, 6, 4])), ["axis 3", "(1, 3, 6, 4)"] },
        { "sequence to repeat", () => new RepeatVector(2, name: "layer").Apply(new Input([3, 4])), ["rank 2", "rank 3"] },
        { "axes that are not there", () => new Permute([2, 1], name: "layer").Apply(new Input([3, 4, 5])), ["rank 3", "rank 4"] },
    };

    public static TheoryData<string, Action> WrongCounts => new()
    {
        { "one number for two axes", () => new Conv2D(4, [3]) },
        { "three numbers for two axes", () => new MaxPooling2D([3, 3, 3]) },
        { "two numbers for one axis", () => new Conv1D(4, [3, 3]) },
        { "two numbers for three axes", () => new Conv3D(4, [3, 3]) },
        { "one pair for two axes", () => new ZeroPadding2D([[1, 2]]) },
        { "three ends", () => new Cropping2D([[1, 2], [3, 4, 5]]) },
        { "two axes of three", () => new ZeroPadding3D([[1, 2], [3, 4]]) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void MistakeIsExplained(string what, Action mistake, string[] parts)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(mistake);
        Assert.All(parts.Append("'layer'"), part => Assert.True(error.Message.Contains(part, StringComparison.Ordinal), $"{what}: '{part}' is missing in: {error.Message}"));
    }

    [Theory]
    [MemberData(nameof(WrongCounts))]
    public void NumbersAreAsManyAsAxes(string what, Action mistake) => Assert.True(Assert.ThrowsAny<ArgumentException>(mistake).Message.Contains("a list of", StringComparison.Ordinal), what);

    [Fact]
    public void WeightsDoNotExistBeforeTheLayerIsBuilt()
    {
        Assert.Contains("kernel", Assert.Throws<InvalidOperationException>(() => new Conv1DTranspose(3, 3, name: "layer").Kernel).Message);
        Assert.Contains("kernel", Assert.Throws<InvalidOperationException>(() => new DepthwiseConv2D(3, name: "layer").Kernel).Message);
        Assert.Contains("pointwise kernel", Assert.Throws<InvalidOperationException>(() => new SeparableConv2D(3, 3, name: "layer").PointwiseKernel).Message);
    }

    private static Layer Built(Layer layer, Shape inputShape)
    {
        layer.Apply(new KerasTensor(inputShape));
        return layer;
    }
}
